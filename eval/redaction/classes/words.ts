// Names, illnesses, medicines and treatments that people speak of on the telephone, written down without a look at the list
// that the rules have: each half of the templates has its own.

/** The words of one half. */
export interface ClassWords {
  first: readonly string[];
  last: readonly string[];
  streets: readonly string[];
  firms: readonly string[];
  illness: readonly string[];
  medicine: readonly string[];
  treatment: readonly string[];
}

const list = (words: string) => words.split(',').map((word) => word.trim());

/** Never looked at while rules are changed. */
export const FROZEN_WORDS: ClassWords = {
  first: list('Robert, Maria, Kevin, Aisha, Dmitri, Grace, Luis, Hannah, Wei, Patrick'),
  last: list('Hill, Gonzalez, O’Brien, Khan, Petrov, Young, Ramirez, Stone, Chen, Fitzgerald'),
  streets: list(
    'Oak Street, Maple Avenue, West Lake Road, Fifth Avenue, Sunset Boulevard, Pine Court, Old Mill Lane, Cedar Parkway',
  ),
  firms: list('Harbor Plumbing, Blue Door Bakery, Hill Brothers, Sunrise Dental, Grace Flowers'),
  illness: list(
    'high blood pressure, type two diabetes, asthma, migraines, depression, COPD, sciatica, breast cancer, arthritis, bronchitis, epilepsy, shingles, glaucoma, a urinary tract infection, Crohn’s disease, anxiety, pneumonia, eczema, a herniated disc, gout',
  ),
  medicine: list(
    'metformin, ibuprofen, amoxicillin, Lipitor, Xanax, gabapentin, omeprazole, prednisone, warfarin, Zoloft, albuterol, oxycodone, levothyroxine, Ozempic, penicillin, hydrochlorothiazide, Adderall, insulin',
  ),
  treatment: list(
    'a colonoscopy, chemotherapy, a root canal, knee surgery, an MRI, physical therapy, dialysis, a biopsy, a hip replacement, an ultrasound, a mammogram, cataract surgery',
  ),
};

/** The half to work on. */
export const DEVELOPMENT_WORDS: ClassWords = {
  first: list('James, Linda, Carlos, Fatima, Svetlana, Noah, Priya, Olivia, Jun, Siobhan'),
  last: list('Miller, Brooks, Herrera, Haddad, Ivanova, Bell, Sharma, Cruz, Park, McCarthy'),
  streets: list(
    'Elm Street, Lincoln Avenue, North River Road, Third Street, Ocean Boulevard, Willow Drive, Spring Hill Lane, Garden Way',
  ),
  firms: list(
    'Valley Roofing, Green Leaf Landscaping, Miller and Sons, Bright Smile Dental, Bell Movers',
  ),
  illness: list(
    'diabetes, hypertension, heart disease, a sinus infection, lupus, ADHD, lung cancer, osteoporosis, fibromyalgia, a concussion, kidney stones, hepatitis, psoriasis, sleep apnea, Parkinson’s, dementia, high cholesterol, an ulcer, vertigo, strep throat',
  ),
  medicine: list(
    'lisinopril, aspirin, atorvastatin, Tylenol, Prozac, tramadol, Nexium, losartan, Eliquis, sertraline, azithromycin, hydrocodone, Synthroid, Wegovy, amlodipine, clonazepam, Ritalin, cortisone',
  ),
  treatment: list(
    'an endoscopy, radiation, a crown, back surgery, a CT scan, acupuncture, a blood transfusion, a stress test, a knee replacement, an X-ray, a pap smear, a vasectomy',
  ),
};
