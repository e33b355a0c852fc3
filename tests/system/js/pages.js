// Pictures of pages: node pages.js FOLDER TOKEN NAME=URL ...   with the admin token as header; prints the pages' texts as JSON.
const { chromium } = require('playwright-core');

async function main() {
	const [folder, token, ...pages] = process.argv.slice(2);
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1100, height: 700 }, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
	const page = await context.newPage();
	const texts = {};
	for (const one of pages) {
		const at = one.indexOf('=');
		await page.goto(one.slice(at + 1));
		texts[one.slice(0, at)] = await page.innerText('body');
		await page.screenshot({ path: `${folder}/${one.slice(0, at)}.png`, fullPage: true });
	}
	console.log(JSON.stringify(texts));
	await browser.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
