// A customer's and an operator's walk through every page in Chromium, in its three languages, on a desktop and a phone, light and dark; axe-core looks
// at each page. node walk.js BASE ADMIN TOKEN [FOLDER]; standard input: {"extra": {"NAME": "URL", ...}, "surveys": ["URL", ...], "languages": ["en", ...]} further pages, a survey for
// each combination, since one takes one answer, and the languages (all). Prints
// {"COMBINATION PAGE": [violations]} and, for a FOLDER, keeps a picture of each page there.
const fs = require('fs');
const axe = require('axe-core');
const { chromium } = require('playwright-core');

const [base, admin, token, folder] = process.argv.slice(2);
const sizes = { desktop: { width: 1100, height: 900 }, phone: { width: 390, height: 844 } };
const words = {
	en: { subject: 'The lamp flickers', text: 'The lamp that came yesterday flickers all the time.' },
	zh: { subject: '台灯闪烁', text: '昨天收到的台灯一直闪，开关也有焦味，请尽快处理。' },
	'zh-Hant': { subject: '檯燈閃爍', text: '昨天收到的檯燈一直閃，開關也有焦味，請盡快處理。' },
};
const locales = { en: 'en-GB', zh: 'zh-CN', 'zh-Hant': 'zh-TW' };
const found = {};

async function look(page, lang, size, scheme, name) {
	await page.evaluate(axe.source);
	const result = await page.evaluate(() => globalThis.axe.run(document));
	const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	const bad = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
	if (width > 0) bad.push(`wider than the window by ${width} px`);
	if (result.passes.length === 0) bad.push('axe looked at nothing');
	found[`${lang} ${size} ${scheme} ${name}`] = bad;
	if (folder) await page.screenshot({ path: `${folder}/${name}-${lang}${size === 'phone' ? '-phone' : ''}${scheme === 'dark' ? '-dark' : ''}.png`, fullPage: true });
}

const submit = (page) => Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);

async function customer(page, at, lang) {
	await page.goto(`${base}/?lang=${lang}`);
	await at('form');
	await page.evaluate(() => { document.getElementById('form').noValidate = true; });
	await page.fill('[name=text]', words[lang].text);
	await submit(page);
	await at('error');
	await page.fill('[name=subject]', words[lang].subject);
	await page.fill('[name=contact]', 'ann@customers.example.net');
	await page.fill('[name=order_number]', 'SO-2026-4711');
	await submit(page);
	await at('receipt');
	const code = await page.innerText('#code');
	await page.goto(`${base}/status?lang=${lang}`);
	await at('ask');
	await page.fill('[name=code]', '0000-0000-0000-0000');
	await submit(page);
	await at('wrong-code');
	await page.fill('[name=code]', code.toLowerCase().replace(/-/g, ' '));
	await submit(page);
	await at('status');
}

async function survey(page, at, url, lang) {
	await page.goto(`${url}?lang=${lang}`);
	await at('survey');
	await page.evaluate(() => { document.querySelector('main form').noValidate = true; });
	await submit(page);
	await at('survey-choose');
	await page.check('[name=level][value="4"]');
	await page.selectOption('[name=speed]', '5');
	await submit(page);
	await at('survey-done');
	await page.goto(`${url}?lang=${lang}`);
	await at('survey-old');
}

async function operator(page, at) {
	await page.goto(`${admin}/login`);
	await at('login');
	await page.fill('[name=token]', 'wrong');
	await submit(page);
	await at('login-refused');
	await page.fill('[name=token]', token);
	await submit(page);
	await at('tickets');
	await page.goto(`${admin}/incidents`);
	await at('incidents');
	await page.goto(`${admin}/`);
	await page.click('table a');
	await page.waitForLoadState();
	await at('ticket');
}

async function main() {
	const input = fs.readFileSync(0, 'utf8');
	const { extra = {}, surveys = [], languages = Object.keys(words) } = input ? JSON.parse(input) : {};
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	for (const [size, viewport] of Object.entries(sizes)) {
		for (const scheme of ['light', 'dark']) {
			for (const lang of languages) {
				const context = await browser.newContext({ viewport, colorScheme: scheme, locale: locales[lang] });
				const page = await context.newPage();
				const at = (name) => look(page, lang, size, scheme, name);
				await customer(page, at, lang);
				for (const [name, url] of Object.entries(extra)) {
					await page.goto(url);
					await at(name);
					if (name !== 'verify') continue;
					await submit(page);
					await at('verified');
				}
				if (surveys.length > 0) await survey(page, at, surveys.shift(), lang);
				if (lang === 'en') await operator(page, at);
				await context.close();
			}
		}
	}
	await browser.close();
	console.log(JSON.stringify(found));
}

main().catch((error) => { console.error(error); process.exit(1); });
