// Prints Lighthouse's reports as a Markdown table, and ends with an error when a budget is missed; called by bin/lighthouse.
import { readFileSync } from 'node:fs';

const [folder, ...pages] = process.argv.slice(2);
const report = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
const value = (of, audit) => of.audits[audit].numericValue;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

console.log('| page | performance | accessibility | best practices | SEO | blocking time | shift | LCP | LCP here | elements | kB |');
console.log('|---|---|---|---|---|---|---|---|---|---|---|');
const missed = [];
for (const [i, page] of pages.entries()) {
  const loads = [1, 2, 3].map((round) => report(`${i}-phone-${round}`));
  const phone = loads.sort((a, b) => value(a, 'total-blocking-time') - value(b, 'total-blocking-time'))[1];
  const here = report(`${i}-here`);
  const address = new URL(phone.finalDisplayedUrl);
  if (address.pathname !== page) missed.push(`${page} was sent to ${address.pathname}`);
  const scores = ['performance', 'accessibility', 'best-practices', 'seo'].map((name) => phone.categories[name].score * 100);
  const blocked = value(phone, 'total-blocking-time');
  const shift = value(phone, 'cumulative-layout-shift');
  const painted = value(here, 'largest-contentful-paint');
  console.log(`| ${[
    page.replace(/[0-9a-f-]{36}/, '…'),
    ...scores.map(Math.round),
    `${Math.round(blocked)} ms`,
    shift.toFixed(3),
    seconds(value(phone, 'largest-contentful-paint')),
    seconds(painted),
    value(phone, 'dom-size'),
    Math.round(value(phone, 'total-byte-weight') / 1000),
  ].join(' | ')} |`);
  if (scores.some((score) => score < 100)) missed.push(`${page}: a score is under 100`);
  if (blocked >= 50) missed.push(`${page}: blocked for ${Math.round(blocked)} ms, 50 at most`);
  if (shift > 0) missed.push(`${page}: the layout shifts`);
  if (painted >= 300) missed.push(`${page}: LCP ${Math.round(painted)} ms on this machine, 300 at most`);
  for (const audit of Object.values(phone.audits)) {
    if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode === 'binary') missed.push(`${page}: ${audit.title}`);
  }
}
for (const line of missed) console.error(`Missed: ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;
