# intaked - one plain makefile, nothing generated. `make help` lists the targets.
# BUILD names the output folder, V=1 shows commands, DEV=1 makes warnings errors, SANITIZE=address,undefined instruments.

BUILD    ?= build
JOBS     ?= $(shell nproc)
PREFIX   ?= /usr
CC       ?= cc
PKGS     := libcurl openssl jansson sqlite3 libmicrohttpd gmime-3.0 libxml-2.0 icu-i18n icu-uc libfyaml libpcre2-8 libxxhash \
            libsystemd libseccomp smartcols libical libqrencode
VERSION  := $(shell sed -n 's/^\#\# \[\([0-9.]*\)\].*/\1/p' CHANGELOG.md | head -n 1)

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2);)

# Hardening and warnings: the lists of the OpenSSF guide as far as gcc 12 knows them.
HARDEN   := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
            -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing -fvisibility=hidden
ARCH     := $(shell $(CC) -dumpmachine)
HARDEN   += $(if $(findstring x86_64,$(ARCH)),-fcf-protection=full)$(if $(findstring aarch64,$(ARCH)),-mbranch-protection=standard)
WARN     := -Wall -Wextra -Wformat=2 -Wformat-overflow=2 -Wformat-truncation=1 -Wformat-signedness -Wconversion -Wsign-conversion \
            -Wshadow -Wundef -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla -Walloca \
            -Walloc-zero -Wnull-dereference -Wimplicit-fallthrough -Wswitch-enum -Wdouble-promotion -Wtrampolines -Wlogical-op \
            -Wduplicated-cond -Wduplicated-branches -Warith-conversion -Wstringop-overflow=4 -Werror=implicit \
            -Werror=incompatible-pointer-types -Werror=int-conversion -Werror=return-type
LINK     := -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed,--no-copy-dt-needed-entries
OPT      ?= -O2 -g

ifneq ($(SANITIZE),)
HARDEN   := -fno-omit-frame-pointer -fvisibility=hidden -fno-sanitize-recover=undefined
OPT      := -O1 -g
SAN      := -fsanitize=$(SANITIZE)
WARN     += -Wno-format-truncation -Wno-null-dereference -Wno-stringop-overflow
endif

ifneq ($(findstring clang,$(CC)),)
WARN     := -Wall -Wextra
endif

ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -DINTAKED_VERSION='"$(VERSION)"' -DINTAKED_LIBDIR='"$(PREFIX)/lib/intaked"' \
              -DINTAKED_DATADIR='"$(PREFIX)/share/intaked"' \
              $(OPT) -fPIC $(HARDEN) $(SAN) $(WARN) $(if $(DEV),-Werror) $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g') \
              $(CPPFLAGS) $(CFLAGS)
LIBS     := $(shell pkg-config --libs $(PKGS)) -lesmtp -llinear -lpthread -ldl -lm

# A file in its folder is part of the build; nothing has to be listed.
SRC      := $(wildcard src/*/*.c)
MAINS    := src/daemon/main.c src/ctl/main.c
LIB_SRC  := $(filter-out $(MAINS) $(wildcard src/sinks/*.c),$(SRC))
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
# What a plugin of this tree may link: base and net, which hold no state of the core. Only what it uses is pulled in.
PLUG_OBJ := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard src/base/*.c src/net/*.c))
CHANNELS := $(patsubst channels/%.c,$(BUILD)/channels/%.so,$(wildcard channels/*.c))
SINKS    := $(patsubst src/sinks/%.c,$(BUILD)/sinks/%.so,$(wildcard src/sinks/*.c))
BINS     := $(BUILD)/intaked $(BUILD)/intakectl
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/test_*.c))
UNIT     := $(filter-out $(BUILD)/tests/unit/test_main,$(UNIT))
CHANTEST := $(patsubst tests/channel/%.c,$(BUILD)/tests/channel/%,$(wildcard tests/channel/test_*.c))

FUZZ_OUT ?= build/fuzz

.PHONY: pictures fuzz-build all help deps run check check-unit check-channel check-system check-fault asan tsan fuzz bench fault headers layers docs model manuals install deb clean compile
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BINS) $(CHANNELS) $(SINKS)

help:
	@sed -n 's/^## //p' Makefile

$(BUILD)/obj/%.o: %.c
	@umask 022; mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# The reply rules, and the weights by which automatic mail is told, enter the program as they stand in their files.
$(BUILD)/obj/src/mail/reply_rules.o: conf/rules/reply.tsv
$(BUILD)/obj/src/mail/automatic_model.o: $(BUILD)/obj/automatic.model.whole
$(BUILD)/obj/src/pipeline/similar_opinion.o: conf/models/likeness.trees
$(BUILD)/obj/src/pipeline/similar_opinion.o: ALL_CFLAGS += -DLIKENESS_TREES='"conf/models/likeness.trees"'
$(BUILD)/obj/automatic.model.whole: conf/models/automatic.model src/mail/automatic_model.h
	@mkdir -p $(@D)
	@want=$$(sed -n 's/^#define AUTOMATIC_BUCKETS \([0-9]*\)u$$/\1/p' src/mail/automatic_model.h); have=$$(wc -c <$<); \
		[ "$$have" -eq "$$want" ] || { echo "$< holds $$have bytes where AUTOMATIC_BUCKETS in src/mail/automatic_model.h says $$want: it was cut off, or is of another version" >&2; exit 1; }
	@touch $@

$(BUILD)/libintaked.a: $(LIB_OBJ)
	$(call say,AR,$@)rm -f $@ && ar rcs $@ $^

$(BUILD)/libplugin.a: $(PLUG_OBJ)
	$(call say,AR,$@)rm -f $@ && ar rcs $@ $^

$(BUILD)/intaked: $(BUILD)/obj/src/daemon/main.o $(BUILD)/libintaked.a
	$(call say,LD,$@)$(CC) $(SAN) -pie $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/intakectl: $(BUILD)/obj/src/ctl/main.o $(BUILD)/libintaked.a
	$(call say,LD,$@)$(CC) $(SAN) -pie $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/channels/%.so: $(BUILD)/obj/channels/%.o $(BUILD)/libplugin.a
	@umask 022; mkdir -p $(@D)
	$(call say,PLUGIN,$@)$(CC) $(SAN) -shared $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/sinks/%.so: $(BUILD)/obj/src/sinks/%.o $(BUILD)/libplugin.a
	@umask 022; mkdir -p $(@D)
	$(call say,PLUGIN,$@)$(CC) $(SAN) -shared $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/obj/tests/unit/test_main.o $(BUILD)/libintaked.a
	@umask 022; mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/tests/channel/%: $(BUILD)/obj/tests/channel/%.o $(BUILD)/obj/tests/channel/fake_host.o $(BUILD)/obj/tests/unit/test_main.o $(BUILD)/libintaked.a
	@umask 022; mkdir -p $(@D)
	$(call say,TEST,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

## run      builds, makes the demo's secrets, starts it: form on http://127.0.0.1:8080/, pages on http://127.0.0.1:8081/
run:
	+@$(MAKE) --no-print-directory -j$(JOBS) all
	@sh conf/demo.sh $(BUILD)

## deps     installs what building and testing need: Debian packages (asks nothing), npm packages under build/npm
deps:
	sh tests/install-deps.sh

## check    every test: unit, channel, headers, layers, documents, system, fault
check:
	+@$(MAKE) --no-print-directory -j$(JOBS) all $(UNIT) $(CHANTEST)
	+@$(MAKE) --no-print-directory -j1 headers layers docs check-unit check-channel check-system check-fault asan-unit

PROGRAMS := TEST_DATA=tests/data TEST_BUILD=$(BUILD) JOBS=$(JOBS) sh tests/programs.sh
check-unit: $(UNIT)
	@$(PROGRAMS) $(UNIT)

check-channel: $(CHANTEST) $(CHANNELS)
	@$(PROGRAMS) $(CHANTEST)

# What was left out is listed, and then, in the last lines, what failed.
PYTEST   := COLUMNS=200 /usr/bin/python3 -m pytest -q -p no:cacheprovider --timeout=600 -rsfE
check-system: all
	TEST_BUILD=$(BUILD) $(PYTEST) -n 3 tests/system

check-fault: all
	TEST_BUILD=$(BUILD) $(PYTEST) tests/fault -m "not long"

## asan     builds with AddressSanitizer and UndefinedBehaviorSanitizer and runs unit, channel and system tests
ASAN     := $(MAKE) BUILD=$(BUILD)/asan SANITIZE=address,undefined
asan-unit:
	+$(ASAN) --no-print-directory -j$(JOBS) $(subst $(BUILD)/,$(BUILD)/asan/,$(UNIT) $(CHANTEST) $(CHANNELS))
	+$(ASAN) --no-print-directory -j1 check-unit check-channel
asan: asan-unit
	+$(ASAN) --no-print-directory -j$(JOBS) all
	+$(ASAN) --no-print-directory check-system

## tsan     builds with ThreadSanitizer and runs the system tests
tsan:
	setarch -R $(MAKE) BUILD=$(BUILD)/tsan SANITIZE=thread all check-system        # without address randomisation, which it cannot live with

## fault    the long fault runs: kill -9 for an hour, every system call of the commit path, power cuts on a loop device (root)
fault: all
	TEST_BUILD=$(BUILD) $(PYTEST) tests/fault

## pictures renews docs/pictures with Chromium
pictures: all
	@TEST_BUILD=$(BUILD) /usr/bin/python3 tests/system/pictures.py

## bench    speed as ratios taken side by side in one run
bench: all $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/*.c))
	TEST_BUILD=$(BUILD) /usr/bin/python3 tests/bench/bench.py

$(BUILD)/tests/bench/%: $(BUILD)/obj/tests/bench/%.o $(BUILD)/libintaked.a
	@umask 022; mkdir -p $(@D)
	$(call say,BENCH,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

## fuzz     builds every target of tests/fuzz with libFuzzer and runs each for FUZZ_SECONDS (600)
FUZZ_SECONDS ?= 600
FUZZ     := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz:
	$(MAKE) BUILD=$(BUILD)/fuzz-obj CC=clang SANITIZE=fuzzer-no-link,address,undefined fuzz-build FUZZ_OUT=$(BUILD)/fuzz
	@set -e; for t in $(FUZZ); do sh tests/fuzz/run.sh $$t $(FUZZ_SECONDS); done

fuzz-build: $(patsubst tests/fuzz/%.c,$(FUZZ_OUT)/%,$(wildcard tests/fuzz/fuzz_*.c))

$(FUZZ_OUT)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/libintaked.a
	@umask 022; mkdir -p $(@D)
	$(call say,FUZZ,$@)$(CC) -fsanitize=fuzzer,address,undefined $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/train/%: $(BUILD)/obj/tests/train/%.o $(BUILD)/libintaked.a
	@umask 022; mkdir -p $(@D)
	$(call say,TRAIN,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

## model    trains what is shipped: the opinion on automatic mail from conf/models/mails, the classifier from conf/models/training, that on likeness from tests/data/similar/learned
model: $(BUILD)/intakectl $(BUILD)/tests/train/automatic likeness-trees
	$(BUILD)/tests/train/automatic conf/models/mails conf/models/automatic.model
	rm -f conf/models/classify.model
	$(BUILD)/intakectl learn --training conf/models/training --rules conf/rules --out conf/models/classify.model

# The rows do not depend on what the trees say, but on the engine: who changes the figures of a pair trains anew. Debian's xgboost grows the trees.
LEARNED  := tests/data/similar/tuned.jsonl $(sort $(wildcard tests/data/similar/learned/*.jsonl))
.PHONY: likeness-trees held-out
likeness-trees: $(BUILD)/tests/train/likeness
	sh tests/train/grow.sh $< $(BUILD)/likeness conf/models/likeness.trees $(LEARNED)

## held-out what the opinion on likeness is worth on a stream that it has not learned from: each of STREAMS judged by trees grown from all the others
STREAMS  ?= $(filter-out learned/written,$(patsubst tests/data/similar/%.jsonl,%,$(wildcard tests/data/similar/learned/*.jsonl tests/data/similar/fresh*.jsonl)))
HELD     := $(BUILD)/held
held-out: $(STREAMS:%=$(HELD)/%/intakectl)
	@/usr/bin/python3 tests/train/held_out.py $(HELD) $(STREAMS)

$(HELD)/%/likeness.trees: tests/data/similar/%.jsonl $(BUILD)/tests/train/likeness $(LEARNED)
	@mkdir -p $(@D)
	$(call say,GROW,$@)sh tests/train/grow.sh $(BUILD)/tests/train/likeness $(@D)/rows $@ $(filter-out $<,$(LEARNED))

$(HELD)/%/similar_opinion.o: src/pipeline/similar_opinion.c $(HELD)/%/likeness.trees
	$(call say,CC,$@)$(CC) $(ALL_CFLAGS) -DLIKENESS_TREES='"$(@D)/likeness.trees"' -c $< -o $@

# The program as it is, but for its trees: what is named before the library is not taken out of it.
$(HELD)/%/intakectl: $(BUILD)/obj/src/ctl/main.o $(HELD)/%/similar_opinion.o $(BUILD)/libintaked.a
	$(call say,LD,$@)$(CC) $(SAN) -pie $(LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

## headers  every header compiles alone; those for plugins need no switch of ours
headers:
	@printf '%s\n' include/intaked/*.h | xargs -n 1 $(CC) -std=c17 -pedantic -Iinclude -Wall -Wextra -Werror -fsyntax-only -x c
	@printf '%s\n' src/*/*.h | xargs -P $(JOBS) -n 1 $(CC) -std=c17 -D_GNU_SOURCE -Iinclude -Isrc \
		$$(pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g') -Wall -Wextra -Werror -fsyntax-only -x c
	@echo "every header compiles alone"

## layers   lower folders never include higher ones, SQL only in the store, no banned functions
layers:
	@sh tests/layers.sh && echo "no include runs up the floors"

## docs     option tables, sample configuration and documents agree with the code
docs: all
	@$(BUILD)/intaked --sample-config | diff -u conf/intaked.yaml - && echo "the sample is what the tables say"

# Manual pages come out of the programs, from the tables they run on.
MANUALS  := $(addprefix $(BUILD)/man/,intaked.8 intaked.yaml.5 intakectl.1)
manuals: $(MANUALS)
$(MANUALS): $(BINS) $(CHANNELS) $(SINKS)
	@umask 022; mkdir -p $(@D)
	$(call say,MAN,$@)$(if $(filter %.1,$@),$(BUILD)/intakectl --manual,$(BUILD)/intaked --manual $(@F)) >$@

DESTDIR  ?=
install: all manuals
	install -d $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/intaked/channels $(DESTDIR)$(PREFIX)/lib/intaked/sinks \
		$(DESTDIR)$(PREFIX)/share/intaked $(DESTDIR)$(PREFIX)/include/intaked $(DESTDIR)/etc/intaked/conf.d $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 755 $(BUILD)/intaked $(DESTDIR)$(PREFIX)/sbin/
	install -m 755 $(BUILD)/intakectl $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(CHANNELS) $(DESTDIR)$(PREFIX)/lib/intaked/channels/
	install -m 755 $(SINKS) $(DESTDIR)$(PREFIX)/lib/intaked/sinks/
	install -m 644 include/intaked/*.h $(DESTDIR)$(PREFIX)/include/intaked/
	cp -r conf/rules conf/models conf/calendars conf/templates conf/www conf/schema $(DESTDIR)$(PREFIX)/share/intaked/
	install -m 640 conf/intaked.yaml $(DESTDIR)/etc/intaked/
	install -m 644 systemd/*.service systemd/*.socket $(DESTDIR)$(PREFIX)/lib/systemd/system/
	install -D -m 644 systemd/intaked.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/intaked.conf
	install -D -m 644 systemd/intaked.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/intaked.conf
	install -D -m 644 $(BUILD)/man/intakectl.1 $(DESTDIR)$(PREFIX)/share/man/man1/intakectl.1
	install -D -m 644 $(BUILD)/man/intaked.yaml.5 $(DESTDIR)$(PREFIX)/share/man/man5/intaked.yaml.5
	install -D -m 644 $(BUILD)/man/intaked.8 $(DESTDIR)$(PREFIX)/share/man/man8/intaked.8
	install -d $(DESTDIR)$(PREFIX)/share/doc/intaked
	cp -r README.md CHANGELOG.md LICENSE docs $(DESTDIR)$(PREFIX)/share/doc/intaked/

## deb      the Debian package, build/intaked_VERSION_ARCH.deb; built in a copy, so that nothing is left in the tree
DEB_TREE := $(BUILD)/deb/intaked-$(VERSION)
deb:
	@grep -q '^intaked ($(VERSION))' debian/changelog || { echo "make deb: debian/changelog does not begin with version $(VERSION) of CHANGELOG.md" >&2; exit 1; }
	@command -v dh >/dev/null || { echo "make deb: debhelper is missing; make deps installs it" >&2; exit 1; }
	@rm -rf $(BUILD)/deb && mkdir -p $(DEB_TREE)
	@tar -cf - --exclude=./build --exclude=./$(BUILD) --exclude=./.git . | tar -xf - -C $(DEB_TREE)
	cd $(DEB_TREE) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u DEV DEB_BUILD_OPTIONS="parallel=$(DEB_JOBS) nocheck" dpkg-buildpackage -b -us -uc
	@mv $(BUILD)/deb/intaked_$(VERSION)_*.deb $(BUILD)/ && rm -rf $(DEB_TREE) && ls $(BUILD)/intaked_$(VERSION)_*.deb
DEB_JOBS ?= 2

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

clean:
	rm -rf $(BUILD)
