// The press of a telephone link is told, whatever stands in it.
import { expect, it } from 'vitest';
import { OURS } from '../support/collect-town.ts';
import { openSwapTown, untilText } from '../support/swap-town.ts';

const { collect, tag, show } = await openSwapTown();

it('a link around an element with a shadow root of its own', async () => {
  const page = await show(
    `${tag()}<p>Call 312-555-0100</p><a href="tel:+1 312-555-0100" onclick="return false"><x-icon></x-icon></a><script>
      document.querySelector('x-icon').attachShadow({ mode: 'open' }).innerHTML = '<button><b>Call us</b></button>';</script>`,
  );
  await untilText(page, '0142');
  await page.click('b');
  expect(await collect.heard('heartbeat')).toMatchObject({ event: 'tel_click', number: OURS });
});
