// The vocabulary of the class MEDICAL: what callers name when they speak of their health. Conditions, symptoms that are told
// to nobody but a doctor, and medicines by their common names; a phrase counts word by word. No list is whole: what is not
// here stays, and a word that also means something harmless ("cold", "shot") is left out on purpose.

const lines = (text: string) => text.split(/[\n,]/).flatMap((one) => one.trim() || []);

/** Conditions, symptoms and treatments. */
export const CONDITIONS: readonly string[] = lines(`
acid reflux, addiction, adhd, aids, alcoholism, alzheimers, amputation, anemia, aneurysm, angina, anorexia, anxiety disorder
appendicitis, arrhythmia, arthritis, asthma, autism, bipolar, bipolar disorder, bladder infection, blood clot, blood pressure
blood sugar, brain tumor, broken arm, broken hip, broken leg, bronchitis, bulimia, cancer, cardiac arrest, cataract, cataracts
celiac disease, chemo, chemotherapy, chest pain, chest pains, chlamydia, cholesterol, chronic pain, cirrhosis, colitis
colonoscopy, concussion, copd, covid, crohns disease, cystic fibrosis, dementia, depression, dermatitis, diabetes, diabetic
dialysis, diarrhea, down syndrome, eczema, emphysema, endometriosis, epilepsy, erectile dysfunction, fibromyalgia, fracture
afib, arrhythmias, atrial fibrillation, bursitis, carpal tunnel, congestive heart failure, ear infection, heart condition
high blood sugar, high cholesterol, kidney infection, low blood pressure, low blood sugar, lung disease, liver disease, pink eye
plantar fasciitis, polyps, sinus infection, skin condition, staph infection, strep, strep throat, tendonitis, type 1 diabetes
type 2 diabetes, type one diabetes, type two diabetes, anxiety, anxiety attack, anxiety attacks, mononucleosis
gallstones, gastritis, glaucoma, gonorrhea, gout, heart attack, heart disease, heart failure, heart murmur, hemophilia
hemorrhoids, hepatitis, hernia, herniated disc, herpes, high blood pressure, hiv, hpv, hypertension, hyperthyroidism
hypothyroidism, incontinence, infertility, influenza, insomnia, irritable bowel, kidney disease, kidney failure, kidney stones
leukemia, lupus, lyme disease, lymphoma, mastectomy, melanoma, meningitis, menopause, mental illness, migraine, migraines
miscarriage, mri scan, multiple sclerosis, muscular dystrophy, neuropathy, obesity, osteoporosis, overdose, panic attack
panic attacks, paralysis, parkinsons, pneumonia, pregnancy, pregnant, prostate, psoriasis, ptsd, radiation therapy, rehab
rheumatoid, schizophrenia, sciatica, scoliosis, seizure, seizures, sepsis, shingles, sickle cell, sleep apnea, slipped disc
std, stomach ulcer, stroke, suicidal, suicide, syphilis, tachycardia, thyroid, tinnitus, tonsillitis, tuberculosis, tumor
ulcer, urinary tract infection, vasectomy, vertigo, yeast infection, abortion, biopsy, disability, hysterectomy, iud
`);

/** Treatments and tests. */
export const TREATMENTS: readonly string[] = lines(`
acupuncture, angioplasty, blood test, blood tests, blood transfusion, blood work, bone marrow, bypass, cat scan, cat scans
catheter, chiropractic, colposcopy, cortisone shot, cpap, ct scan, ct scans, ekg, endoscopy, epidural, gastric bypass
hip replacement, immunotherapy, in vitro, joint replacement, knee replacement, liposuction, mammogram, mammograms, mri, mris
occupational therapy, pacemaker, pap smear, pap test, physical therapy, psychotherapy, radiation, root canal, root canals
shoulder replacement, sonogram, speech therapy, stent, stents, stress test, surgeries, surgery, transfusion, transplant
ultrasound, ultrasounds, urine test, vaccination, x-ray, x-rays, xray, xrays
`);

/** Parts of a body, which go with the word behind them: "lung cancer", "knee surgery". */
export const BODY_PARTS: readonly string[] = lines(`
ankle, back, bladder, blood, bone, bowel, brain, breast, cervical, colon, dental, ear, elbow, eye, foot, gallbladder, hand
heart, hip, jaw, kidney, knee, leg, liver, lung, neck, oral, ovarian, pancreatic, prostate, shoulder, skin, spinal, spine
stomach, testicular, throat, thyroid, uterine, wrist
`);

/** Medicines. */
export const MEDICINES: readonly string[] = lines(`
abilify, accutane, acetaminophen, adderall, advil, albuterol, alprazolam, ambien, amlodipine, amoxicillin, antidepressant
antidepressants, aspirin, atenolol, ativan, atorvastatin, azithromycin, benadryl, beta blocker, birth control, blood thinner
blood thinners, botox, bupropion, buspirone, celebrex, celexa, cephalexin, cialis, cipro, citalopram, clonazepam, codeine
concerta, coumadin, crestor, cymbalta, diazepam, diclofenac, doxycycline, duloxetine, effexor, eliquis, escitalopram
fentanyl, flonase, fluoxetine, furosemide, gabapentin, glipizide, humira, hydrochlorothiazide, hydrocodone, hydroxyzine
ibuprofen, insulin, januvia, jardiance, keflex, klonopin, lamictal, lamotrigine, lantus, lasix, levothyroxine, lexapro
lipitor, lisinopril, lithium, lorazepam, losartan, lyrica, meloxicam, metformin, methadone, methotrexate, metoprolol
morphine, mounjaro, naproxen, nexium, omeprazole, opioid, opioids, oxycodone, oxycontin, ozempic, pantoprazole, paxil
penicillin, percocet, plavix, prednisone, prilosec, propranolol, prozac, quetiapine, ritalin, rosuvastatin, seroquel
sertraline, sildenafil, simvastatin, singulair, spironolactone, steroids, suboxone, synthroid, tamoxifen, topamax, tramadol
trazodone, trulicity, tylenol, valium, venlafaxine, viagra, vicodin, vyvanse, warfarin, wegovy, wellbutrin, xanax, xarelto
zoloft, zyprexa, zyrtec
`);
