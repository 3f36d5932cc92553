// The vocabulary of religions and parties. What is not here stays.
const lines = (text: string) => text.split(/[\n,]/).flatMap((one) => one.trim() || []);

/** What somebody is, by their religion; with or without an "s". */
export const ADHERENTS: readonly string[] = lines(`
adventist, agnostic, amish, anglican, atheist, bahai, baptist, buddhist, calvinist, catholic, christian, coptic, druze
eastern orthodox, episcopal, episcopalian, evangelical, greek orthodox, hare krishna, hasidic, hindu, jain, jehovah's witness
jehovah's witnesses, jehovah witness, jew, jewish, lutheran, mennonite, methodist, mormon, moslem, muslim, orthodox jew
orthodox, orthodox christian, orthodox jewish, pagan, pentecostal, presbyterian, protestant, quaker, rastafarian, reform jew
roman catholic, russian orthodox, scientologist, seventh day adventist, seventh-day adventist, shia, shiite, shinto, sikh
southern baptist, sufi, sunni, taoist, unitarian, universalist, wiccan, zoroastrian
`);

/** Religions. */
export const FAITHS: readonly string[] = lines(`
atheism, buddhism, catholicism, christianity, hinduism, islam, jainism, judaism, mormonism, paganism, protestantism
scientology, sikhism, taoism
`);

/** What people keep for their religion. */
export const OBSERVANCES: readonly string[] = lines(`
diwali, eid, halal, hanukkah, kosher, lent, passover, ramadan, rosh hashanah, sabbath, shabbat, shabbos, sukkot, the sabbath
yom kippur
`);

/** What somebody is, by their party; with or without an "s". */
export const PARTISANS: readonly string[] = lines(`
communist, democrat, leftist, libertarian, marxist, republican, socialist
`);

/** The same, where the word has other uses: only where nothing else can be meant. */
export const LOOSE_PARTISANS: readonly string[] = lines(`
conservative, democratic, dem, gop, green, independent, labor, liberal, moderate, progressive, third party, tory
`);
