// Fills in and sends the form with the keyboard alone: node keys.js URL [enter]: with the button, or with Enter in a field. Prints the receipt's number and what had the focus on the way as JSON.
const { chromium } = require('playwright-core');

async function main() {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const page = await browser.newPage();
	const typed = { subject: 'By keys', text: 'No mouse was used.', contact: 'ann@customers.example.net' };
	const seen = [];
	await page.goto(process.argv[2]);
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press('Tab');
		const focus = await page.evaluate(() => {
			const e = document.activeElement;
			return { name: e.name || e.tagName, outline: getComputedStyle(e).outlineStyle };
		});
		seen.push(focus);
		if (typed[focus.name]) await page.keyboard.type(typed[focus.name]);
		if (process.argv[3] === 'enter' && focus.name === 'contact') break;
		if (focus.name === 'BUTTON') break;
	}
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	const number = await page.innerText('#number');
	console.log(JSON.stringify({ number, seen }));
	await browser.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
