// Names, illnesses, medicines, treatments, religions and parties that people speak of on the telephone, written down without a
// look at the list that the rules have: each half of the templates has its own.

/** The words of one half. */
export interface ClassWords {
  first: readonly string[];
  last: readonly string[];
  streets: readonly string[];
  firms: readonly string[];
  illness: readonly string[];
  medicine: readonly string[];
  treatment: readonly string[];
  religion: readonly string[];
  believer: readonly string[];
  observance: readonly string[];
  faith: readonly string[];
  party: readonly string[];
  partisan: readonly string[];
  partisans: readonly string[];
  place: readonly string[];
  paper: readonly string[];
  plainly: readonly string[];
  holiday: readonly string[];
  dish: readonly string[];
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
  religion: list(
    'Presbyterian, Lutheran, Hindu, Jewish, Mormon, Muslim, Episcopalian, Quaker, Greek Orthodox, Sikh, Christian',
  ),
  believer: list(
    'a Lutheran, a Jehovah’s Witness, an atheist, a Hindu, a Quaker, a Seventh-day Adventist, a Mormon, a Muslim',
  ),
  observance: list('Ramadan, Shabbat, Passover, Lent, the Sabbath, Yom Kippur'),
  faith: list('Islam, Judaism, Hinduism, Catholicism'),
  party: list('Republican, Democratic, Libertarian, Democrat, Green, Independent, Socialist'),
  partisan: list('a Republican, a Democrat, a Libertarian, a socialist, an independent'),
  partisans: list('Republicans, Democrats, Greens, Libertarians'),
  place: list(
    'the Presbyterian hospital, Lutheran Social Services, the Jewish community center, First Christian Church, the Hindu temple on Pine, Mormon Lake',
  ),
  paper: list(
    'the Arizona Republic, the Independent, Democrat Printing, Liberty Tax, Green Mountain',
  ),
  plainly: list('a liberal allowance, an independent review, a green roof, a modest figure'),
  holiday: list('Christmas Day, Good Friday, Passover, Rosh Hashanah'),
  dish: list('a kosher menu, a halal barbecue, Christmas dinner, Quaker oats'),
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
  religion: list(
    'Catholic, Baptist, Buddhist, Methodist, agnostic, Pentecostal, Jewish, Evangelical, Unitarian, Amish, Roman Catholic',
  ),
  believer: list(
    'a Catholic, a Baptist, a Buddhist, a Christian, an Orthodox Jew, a Scientologist, an agnostic, a Methodist',
  ),
  observance: list('kosher, the Sabbath, halal, Ramadan, Lent'),
  faith: list('Buddhism, Christianity, Islam, Hinduism'),
  party: list('Republican, Democrat, Democratic, Libertarian, Green, Conservative, Independent'),
  partisan: list('a Democrat, a Republican, a conservative, a liberal, a Green, a libertarian'),
  partisans: list('Democrats, Republicans, conservatives, liberals, socialists'),
  place: list(
    'the Methodist hospital on Main, Catholic Charities, the Baptist church, Saint Mary’s school, Christian Brothers Automotive, the Buddhist center',
  ),
  paper: list('the Democrat and Chronicle, Republic Services, Progressive, the Green Party Store'),
  plainly: list(
    'a conservative estimate, a liberal return policy, an independent contractor, green',
  ),
  holiday: list('Easter Sunday, Christmas Eve, Hanukkah, Ash Wednesday'),
  dish: list('a kosher caterer, halal meat, a Christmas tree, Easter eggs'),
};
