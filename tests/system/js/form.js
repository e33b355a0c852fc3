// Fills in the form with a real browser, as a customer would, and prints the receipt as JSON.
// node form.js URL LANG FOLDER [phone]   screenshots go to FOLDER
const fs = require('fs');
const { chromium } = require('playwright-core');

async function main() {
	const [url, lang, folder, kind] = process.argv.slice(2);
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const context = await browser.newContext({
		javaScriptEnabled: false,
		locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
		viewport: kind === 'phone' ? { width: 390, height: 844 } : { width: 1100, height: 900 },
	});
	const page = await context.newPage();
	const shot = (name) => page.screenshot({ path: `${folder}/${name}-${lang}${kind ? '-' + kind : ''}.png`, fullPage: true });
	await page.goto(url);
	await page.fill('[name=subject]', lang === 'zh' ? '台灯闪烁' : 'The lamp flickers');
	await page.fill('[name=text]', lang === 'zh' ? '昨天收到的台灯一直闪，开关也有焦味，请尽快处理。 serial-00000001-end' : 'The lamp that came yesterday flickers all the time. serial-00000001-end');
	await page.fill('[name=contact]', 'ann@customers.example.net');
	await page.fill('[name=order_number]', 'SO-2026-4711');
	fs.writeFileSync(`${folder}/照片.png`, Buffer.from('iVBORw0KGgo=', 'base64'));
	await page.setInputFiles('input[type=file]', `${folder}/照片.png`);
	await shot('form');
	await page.waitForTimeout(3200);
	await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
	await shot('receipt');
	const text = await page.innerText('body');
	const number = (text.match(/\b20\d{4}-\d{3,}\b/) || [null])[0];
	const code = (text.match(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b/) || [null])[0];
	const before = page.url();
	await page.reload().catch(() => {});
	const again = await page.innerText('body');
	let status = null;
	if (code) {
		await page.goto(new URL(`/s/${code}?lang=${lang === 'zh' ? 'zh-Hans' : 'en'}`, url).href);
		status = await page.innerText('body');
		await shot('status');
	}
	console.log(JSON.stringify({ number, code, text, before, again, status }));
	await browser.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
