/* identifiers.c - walks over the runs of digits and Latin letters, and says of each what kind of number it is: by its own form
 * (mail address, day, telephone), by its unit (currency, days), or by the word in front of or behind it (order, batch). */
#include "text/identifiers_parts.h"

#include "base/mem.h"

const char *const ident_names[IDENT_KINDS] = { "order", "case", "tracking", "serial", "number", "account", "phone", "mail", "plate", "batch", "trip",
                                               "amount", "date", "time", "quantity" };

bool ident_is_matter(enum ident_kind kind)
{
	return kind <= IDENT_NUMBER;
}

bool ident_is_person(enum ident_kind kind)
{
	return kind == IDENT_ACCOUNT || kind == IDENT_PHONE || kind == IDENT_MAIL || kind == IDENT_PLATE;
}

static bool is_trip_form(const struct run *r)
{
	return r->letters >= 1 && r->letters <= 2 && isalpha((unsigned char)r->plain[0]) && r->digits >= 2 && r->digits <= 4 && isdigit((unsigned char)r->plain[r->letters]);
}

/* Airlines by their two characters (IATA), in order of the alphabet. With four digits behind they are a flight, whatever else is said; with three they may be a model. */
static const char airlines[] = "2P 3K 3U 4U 5J 6E 7C 8L 9C 9H 9W A3 A9 AA AC AF AI AK AM AR AS AT AV AY AZ B2 B6 BA BE BG BI BK BL BR BT BW BX CA CI CM CN CX CZ D7 D8 DE DL DR DS DY DZ EI EK EN ET EU EW EY FB FD FI FM FR FU FY FZ G3 G5 G8 GA GF GJ GS GX "
                               "HA HO HU HV HX HY IB IT JD JH JJ JL JQ JT JU KA KC KE KL KM KN KQ KU KY LA LF LH LJ LO LS LT LX LY ME MF MH MI MK MM MS MU NH NK NQ NS NX NZ OA OD OK OM OR OS OU OZ PC PD PG PK PN PR PS PW PX QF QH QR QS QW RJ RO RV RY S7 SA SB SC SK SL SN SQ SS SU SV "
                               "TG TK TN TO TP TR TU TV TW TZ U2 UA UL UO UQ UX UZ VA VF VJ VN VS VT VY W3 W4 W6 W9 WB WF WM WN WS WY XJ XQ XR XT XY Y8 YP ZE ZG ZH";

static bool is_flight(const struct run *r)
{
	char code[3] = "";

	if (r->plain_len != 6 || memchr(r->text + r->start, '-', r->end - r->start) != NULL) return false;
	for (size_t i = 2; i < r->plain_len; i++)
		if (!isdigit((unsigned char)r->plain[i])) return false;
	for (size_t i = 0; i < 2; i++) code[i] = (char)toupper((unsigned char)r->plain[i]);
	return (isalpha((unsigned char)code[0]) || isalpha((unsigned char)code[1])) && strstr(airlines, code) != NULL;
}

/* "firmware r2d5v1": which one of a kind, the same for everybody. */
static bool is_said_of_a_kind(const struct run *r)
{
	static const char *const kinds[] = { "firmware ", "version ", "model ", "type ", "colour ", "color ", "shade ", "postcode ", "postal code ", "zip ", "promo code ", "discount code ", "coupon ", "modell ", "farbe ", "plz ", "modèle ", "couleur ", "modelo ", "型号", "型号:", "色号", "色号:", "固件", "版本", "优惠码", "邮编", "邮编:", "型番" };

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (ends_with(r->text, r->start, kinds[i])) return true;
	return false;
}

/* "kx7p2m": how airlines and hotels name a booking, six letters and digits that take turns; letter by digit from the first on it is a postcode of Canada. */
static bool is_locator(const struct run *r)
{
	size_t turns = 0;

	if (r->plain_len != 6 || r->letters < 2 || r->digits < 2 || r->end - r->start != 6) return false;
	for (size_t i = 1; i < r->plain_len; i++) turns += (isdigit((unsigned char)r->plain[i]) != 0) != (isdigit((unsigned char)r->plain[i - 1]) != 0);
	return turns >= 2 && !(turns == 5 && isalpha((unsigned char)r->plain[0])) && !is_said_of_a_kind(r);
}

/* As Chinese trains are numbered: "g1382". */
static bool is_train_form(const struct run *r)
{
	return r->digits >= 3 && strchr("gdcktz", r->plain[0]) != NULL;
}

static bool speaks_of_travel(const char *text, size_t len)
{
	static const char *const words[] = { "flight", "flew", "fly", "airport", "airline", "boarding", "train", "departure", "landed", "luggage", "baggage", "gate", "terminal", "tarmac", "runway", "aircraft", "airplane", "aeroplane", "the plane", "pilot", "cabin crew", "check-in", "停机坪", "滑行", "机长", "机组", "空乘", "乘务", "经停", "转机", "delayed", "cancelled", "航班", "候机", "机票", "延误", "取消", "班机", "飞机", "机场", "登机", "起飞", "列车", "车次", "高铁", "乘坐", "搭乘", "行李", "航空", "火车", "车厢", "站台", "候车", "检票", "我坐的", "坐了",
	                                     "flug", "gepäck", "bahnhof", "gestrichen", "aéroport", "annulé", "bagage", "欠航", "空港", "フライト" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(text, len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

/* "re 4417", "flight px 318": letters and digits of a train or flight that a space parts become one run. */
static void join_trip(struct run *r)
{
	static const char *const trains[] = { "re", "rb", "ic", "ec", "nj", "ir" };
	static const char *const labels_before[] = { "flight ", "flug ", "vol ", "航班" };
	const char *letters = r->text + r->start - 3;
	bool is_trip = false;

	if (r->letters > 0 || r->digits < 2 || r->digits > 4 || r->start < 3 || letters[2] != ' ' || !isalpha((unsigned char)letters[0]) || !isalpha((unsigned char)letters[1])) return;
	if (r->start > 3 && isalnum((unsigned char)letters[-1])) return;
	for (size_t i = 0; i < COUNT_OF(labels_before); i++) is_trip |= ends_with(r->text, r->start - 3, labels_before[i]);
	for (size_t i = 0; i < COUNT_OF(trains) && !is_trip; i++) is_trip = memcmp(letters, trains[i], 2) == 0 && r->digits >= 3;
	if (!is_trip) return;
	r->start -= 3;
	run_measure(r);
}

/* Two letters and digits are a flight where the text speaks of travelling; else a model. */
static bool is_of_travel(const struct run *r)
{
	if (memchr(r->text + r->start, '-', r->end - r->start) != NULL) return false;
	if (r->known->travel == TRAVEL_UNKNOWN) r->known->travel = speaks_of_travel(r->text, r->len) ? TRAVEL_YES : TRAVEL_NO;
	return r->known->travel == TRAVEL_YES;
}

#define STATUS_DIGITS 3

/* "All calls return 502": what a server answers is no number of a return. */
static bool is_status(const struct run *r)
{
	return r->letters == 0 && r->digits == STATUS_DIGITS && r->start >= 7 && memcmp(r->text + r->start - 7, "return ", 7) == 0;
}

static bool take_named(struct run *r, struct ident *id, enum ident_kind label)
{
	const bool is_hash = r->start > 0 && r->text[r->start - 1] == '#';
	enum ident_kind kind = label;

	if (r->digits == 0 || is_status(r)) return false;
	if (kind == IDENT_KINDS) join_trip(r);
	if (kind == IDENT_KINDS && r->letters == 2 && r->text[r->start + 2] == ' ') kind = IDENT_TRIP;
	if (kind == IDENT_KINDS) kind = ident_label_after(r->text + r->end, r->len - r->end);
	if (kind == IDENT_TRIP && !is_trip_form(r) && r->plain_len > 6) kind = IDENT_KINDS;
	if (kind == IDENT_PHONE) kind = IDENT_KINDS;
	if (kind == IDENT_KINDS && is_hash && r->plain_len >= 3) kind = IDENT_ORDER;
	if (kind == IDENT_KINDS && r->letters >= 1 && is_trip_form(r) && starts_with(r->text + r->end, r->len - r->end, "次")) kind = IDENT_TRIP;
	if (kind == IDENT_KINDS && is_trip_form(r) && (r->letters == 2 || is_train_form(r)) && is_of_travel(r)) kind = IDENT_TRIP;
	if (kind == IDENT_KINDS && is_flight(r)) kind = IDENT_TRIP;
	if (kind == IDENT_KINDS && (r->digits >= 7 || (r->letters > 0 && r->digits >= 4 && r->plain_len >= 6) || is_locator(r))) kind = IDENT_NUMBER;
	if (kind == IDENT_KINDS || (r->plain_len < 3 && kind != IDENT_BATCH && label != IDENT_TRIP)) return false;
	if (r->letters == 0 && r->digits < 3 && kind == IDENT_BATCH) return false;
	if (r->letters == 0 && memchr(r->text + r->start, '*', r->end - r->start) == NULL && (kind == IDENT_ACCOUNT || ident_is_matter(kind))) {
		struct run whole = *r;

		run_join_groups(&whole);
		if (whole.digits >= (kind == IDENT_TRACKING || run_has_many_groups(&whole, r) ? 10 : 12) || (whole.digits == 8 && label != IDENT_KINDS)) *r = whole;
	}
	ident_put_name(id, r, kind);
	if (kind == IDENT_TRIP && r->plain_len < 3) id->is_tail = true;
	else id->is_tail = ident_is_tail_only(r->text, r->start) || (memchr(r->text + r->start, '*', r->end - r->start) != NULL && r->plain_len >= 4);
	return true;
}

static bool is_url(const char *text, size_t len, size_t start)
{
	return starts_with(text + start, len - start, "http") || starts_with(text + start, len - start, "www.");
}

static void skip_url(struct run *r)
{
	while (r->end < r->len && strchr(" \n|,", r->text[r->end]) == NULL && (unsigned char)r->text[r->end] < 0x80) r->end++;
}

/* What the run is; kind IDENT_KINDS: nothing to compare by, but no words either. False: words. */
static bool take(struct run *r, struct ident *id)
{
	enum ident_kind label;

	if (is_url(r->text, r->len, r->start)) {
		skip_url(r);
		ident_put(id, r, IDENT_KINDS, 0, "");
		return true;
	}
	if (r->digits == 0) return ident_take_mail(r, id) || ident_take_month_first(r, id) || ident_take_dotted_plate(r, id);
	label = ident_label_before(r->text, r->start);
	if (ident_take_mail(r, id) || ident_take_plate(r, id, label) || ident_take_month_first(r, id)) return true;
	if (isdigit((unsigned char)r->plain[0]) && label != IDENT_BATCH && ident_take_date(r, id, label)) return true;
	if (r->letters == 0 && ident_take_amount(r, id)) return true;
	if (ident_take_phone(r, id, label)) return true;
	if (isdigit((unsigned char)r->plain[0]) && (label == IDENT_KINDS || label == IDENT_TRIP) && (ident_take_time(r, id) || ident_take_quantity(r, id))) return true;
	return take_named(r, id, label);
}

size_t identifiers_find(const char *text, size_t len, struct ident *idents_r, size_t max)
{
	struct known known = { .travel = TRAVEL_UNKNOWN };
	size_t count = 0;

	if (len > UINT16_MAX) len = UINT16_MAX;
	for (size_t at = 0; at < len && count < max;) {
		struct ident *id = &idents_r[count];

		if ((unsigned char)text[at] >= 0x80) {
			if (at + 3 <= len && (unsigned char)text[at] >= 0xe0 && ident_take_han_number(text, len, at, id)) { at = id->end; count++; }
			else do at++; while (at < len && ((unsigned char)text[at] & 0xc0) == 0x80);
		} else if (is_word_byte(text[at])) {
			struct run r = run_at(text, len, at, &known);

			if (take(&r, id) || (r.digits == 0 && ident_take_word_number(&r, id))) { at = r.end > id->end ? r.end : id->end; id->end = (uint16_t)at; count++; }
			else at = r.end;
		} else {
			at++;
		}
	}
	return count;
}
