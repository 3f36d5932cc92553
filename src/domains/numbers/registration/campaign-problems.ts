// What the registry and the mobile operators would refuse of a campaign, before they are asked. Pure.
import { isWebAddress, type RegistrationProblem } from './brand-problems.ts';
import type { CampaignDraft } from './details.ts';

/** what each text of a campaign must and may hold, in characters, by the registry */
const LENGTHS = {
  description: [40, 4_096],
  messageFlow: [40, 2_048],
  optInMessage: [20, 320],
  optOutMessage: [20, 320],
  helpMessage: [20, 320],
} as const;
const SAMPLE = [20, 1_024] as const;

const WHAT: Record<keyof typeof LENGTHS, string> = {
  description: 'what is sent, to whom and why',
  messageFlow:
    'how people come to agree to texts: where they write first, or which form they fill in',
  optInMessage: 'what people are told when they agree',
  optOutMessage: 'what people are told after STOP',
  helpMessage: 'what people are told after HELP',
};

const LINK = /\bhttps?:\/\/|\bwww\.|\b[a-z0-9-]+\.(com|net|org|io|co|us|ca)\b/i;
const PHONE = /\+?1?[\s.(-]*\d{3}[\s.)-]*\d{3}[\s.-]*\d{4}\b/;
/** operators turn away what hides where it leads */
const SHORTENER =
  /\b(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly)\b/i;
const CONTACT = /@|\d{3}[\s.)-]*\d{4}|https?:\/\//;

/**
 * @param campaign as far as it is filled in
 * @param brand whose campaign it is; null when there is none yet
 * @returns every field that would be refused, in the order of the input; [] when it can be submitted
 */
export function campaignProblems(
  campaign: CampaignDraft,
  brand: { displayName: string | null; isSoleProprietor: boolean } | null,
): RegistrationProblem[] {
  const found: RegistrationProblem[] = [];
  const tell = (field: keyof CampaignDraft, message: string) => found.push({ field, message });
  const { useCase } = campaign;
  const subUseCases = campaign.subUseCases ?? [];
  const samples = (campaign.samples ?? []).filter((sample) => sample !== '');
  const names = (text: string | null | undefined) =>
    !brand?.displayName || (text ?? '').toLowerCase().includes(brand.displayName.toLowerCase());

  if (!useCase) tell('useCase', 'useCase is missing: what the texts are for.');
  else if (brand && brand.isSoleProprietor !== (useCase === 'SOLE_PROPRIETOR')) {
    tell('useCase', 'Sole proprietors take SOLE_PROPRIETOR, and nobody else does.');
  }
  const isMixed = useCase === 'MIXED' || useCase === 'LOW_VOLUME';
  if (useCase === 'MIXED' && subUseCases.length < 2) {
    tell('subUseCases', 'A MIXED campaign names 2 to 5 of the others.');
  }
  if (!isMixed && subUseCases.length > 0) {
    tell('subUseCases', 'subUseCases are of MIXED and LOW_VOLUME campaigns alone.');
  }
  const cannotBeParts = subUseCases.some((one) =>
    ['MIXED', 'LOW_VOLUME', 'SOLE_PROPRIETOR'].includes(one),
  );
  if (cannotBeParts || new Set(subUseCases).size < subUseCases.length) {
    tell('subUseCases', 'subUseCases takes each of the simple use cases once.');
  }
  for (const [field, [least, most]] of Object.entries(LENGTHS)) {
    const name = field as keyof typeof LENGTHS;
    const length = campaign[name]?.length ?? 0;
    if (length === 0) tell(name, `${name} is missing: ${WHAT[name]}.`);
    else if (length < least || length > most) {
      tell(name, `${name} takes ${least} to ${most} characters: ${WHAT[name]}.`);
    }
  }
  const wanted = useCase === 'MIXED' || useCase === 'MARKETING' ? 2 : 1;
  if (samples.length < wanted) {
    tell('samples', `samples takes at least ${wanted} of the texts that will be sent.`);
  }
  if (samples.some(({ length }) => length < SAMPLE[0] || length > SAMPLE[1])) {
    tell('samples', `Each of samples takes ${SAMPLE[0]} to ${SAMPLE[1]} characters.`);
  }
  if (new Set(samples).size < samples.length) tell('samples', 'samples are not to be the same.');
  if (samples.length > 0 && !samples.some(names)) {
    tell('samples', 'One of samples must name the brand, as its displayName has it.');
  }
  if (samples.some((sample) => SHORTENER.test(sample))) {
    tell('samples', 'samples with links of a public shortener are turned away by the operators.');
  }
  for (const field of ['optInMessage', 'optOutMessage', 'helpMessage'] as const) {
    if (campaign[field] && !names(campaign[field])) {
      tell(field, `${field} must name the brand, as its displayName has it.`);
    }
  }
  if (campaign.optInMessage && !/\bSTOP\b/i.test(campaign.optInMessage)) {
    tell('optInMessage', 'optInMessage must say that STOP ends the texts.');
  }
  if (campaign.helpMessage && !CONTACT.test(campaign.helpMessage)) {
    tell('helpMessage', 'helpMessage must tell a telephone number, e-mail address or page.');
  }
  for (const field of ['privacyPolicyUrl', 'termsUrl'] as const) {
    const url = campaign[field];
    if (!url && field === 'privacyPolicyUrl') {
      tell(field, 'privacyPolicyUrl is missing: the page that says what becomes of people’s data.');
    }
    if (url && !isWebAddress(url))
      tell(field, `${field} takes an address such as https://bluebird.example/privacy.`);
  }
  if (!campaign.hasEmbeddedLinks && samples.some((sample) => LINK.test(sample))) {
    tell('hasEmbeddedLinks', 'hasEmbeddedLinks must be true: a sample has a link.');
  }
  if (!campaign.hasEmbeddedPhones && samples.some((sample) => PHONE.test(sample))) {
    tell('hasEmbeddedPhones', 'hasEmbeddedPhones must be true: a sample has a telephone number.');
  }
  return found;
}
