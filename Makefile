# make deps      what the build needs of the system
# make build     optimized programs
# make test      every test
# make crash-test  the daemon killed wherever it hurts, and every fault of a provider: contrib/crash/README.md
# make fuzz      ten million broken requests for the parser, and some for a daemon: contrib/fuzz/README.md
# make libfuzzer broken requests that libFuzzer finds by the code that they reach: contrib/fuzz/README.md
# make sanitize  what reads the protocol, under the address and the thread sanitizer
# make scale-test  ten thousand jobs, a million records: contrib/scale/README.md
# make demo      the whole job, from golden records to an answer, against the sandbox
# make completions man
#                completions for bash, zsh and fish, and manual pages, into .build-docs/
# make bench     figures beside those of others
# make lint      formatting, warnings as errors, dependency directions
# make install   programs, units and configuration into DESTDIR and PREFIX
# make deb       a Debian package of them, into .build-deb/
# make systemd-test
#                the package under a real systemd, in a container: contrib/systemd/README.md
# make clean     remove what was built

PREFIX = /usr/local
SYSCONFDIR = /etc
DESTDIR =

# The demo waits for the provider, not for us: an unoptimized build, which the tests have made or will use, is enough.
CONFIGURATION = debug

PROGRAMS = finetuned finetunectl finetune-sandbox
SWIFT = swift

# The Swift libraries go into the programs: the host that runs them need not have a toolchain, and the unit's sandbox
# need not reach one. What they call elsewhere is bound at the start, and cannot be bound anew by whoever breaks in.
release_LINKING = --static-swift-stdlib -Xlinker -z -Xlinker now
RELEASE = --configuration release $(release_LINKING)
RELEASED = .build/release

# Completions and manual pages come from the programs themselves; DOCUMENTED names the folder of those.
DOCUMENTATION = .build-docs
DOCUMENTED = $(RELEASED)
MANUALS = $(DOCUMENTATION)/man
COMPLETIONS = $(DOCUMENTATION)/completions

UNITS = $(PREFIX)/lib/systemd/system
USER_UNITS = $(PREFIX)/lib/systemd/user
ZSH_COMPLETIONS = site-functions
CONFIGURATION_DIRECTORY = $(SYSCONFDIR)/finetuned

PACKAGES = .build-deb
# Of an unoptimized build, which is of use to test the package, linking has to be told of libraries that a release finds.
debug_LINKING = --static-swift-stdlib $(addprefix -Xlinker -l,CoreFoundation _FoundationCollections _FoundationCShims _FoundationICU swiftSynchronization)
debug_COMPRESSION = -Zgzip -z1
release_COMPRESSION = -Zxz

.PHONY: all deps build completions man test crash-test scale-test fuzz libfuzzer sanitize demo bench lint install deb systemd-test clean
all: build

deps:
	contrib/packaging/install-dependencies

build: deps
	$(SWIFT) build $(RELEASE)
	$(MAKE) completions man

completions:
	contrib/packaging/make-completions "$(DOCUMENTED)" $(COMPLETIONS)

man:
	contrib/packaging/make-manuals "$(DOCUMENTED)" $(MANUALS)

# Each of the daemons under test has threads and descriptors of its own: not all of them at a time.
test: deps
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 $(SWIFT) test

crash-test: deps
	$(SWIFT) build --configuration $(CONFIGURATION)
	FINETUNE_BIN="$$($(SWIFT) build --configuration $(CONFIGURATION) --show-bin-path)" contrib/crash/run

fuzz: deps
	$(SWIFT) build $(RELEASE) --product finetune-fuzz
	$(SWIFT) build $(RELEASE) --product finetuned
	FINETUNE_BIN=$(RELEASED) contrib/fuzz/run

libfuzzer: deps
	contrib/fuzz/libfuzzer

sanitize: deps
	contrib/sanitize/run address
	contrib/sanitize/run thread

scale-test: CONFIGURATION = release
scale-test: deps
	for program in $(PROGRAMS); do \
		$(SWIFT) build --configuration $(CONFIGURATION) $(if $(filter release,$(CONFIGURATION)),--static-swift-stdlib) \
			--product $$program || exit 1; \
	done
	FINETUNE_BIN="$$($(SWIFT) build --configuration $(CONFIGURATION) --show-bin-path)" contrib/scale/run

demo: deps
	$(SWIFT) build --configuration $(CONFIGURATION)
	FINETUNE_BIN="$$($(SWIFT) build --configuration $(CONFIGURATION) --show-bin-path)" contrib/demo/run

bench: deps
	contrib/bench/serving
	contrib/bench/tokenizer
	contrib/bench/dataset
	$(SWIFT) build $(RELEASE)
	contrib/bench/import --programs $(RELEASED)
	contrib/bench/plan --programs $(RELEASED)

# The check of imports holds the directions in which targets may depend on each other.
lint: deps
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	FINETUNED_WARNINGS_AS_ERRORS=1 $(SWIFT) build --build-tests --explicit-target-dependency-import-check error

# Builds only what is missing: under sudo there is often no Swift.
$(PROGRAMS:%=$(RELEASED)/%):
	$(MAKE) build

$(MANUALS):
	$(MAKE) man

$(COMPLETIONS):
	$(MAKE) completions

install: $(PROGRAMS:%=$(RELEASED)/%) | $(MANUALS) $(COMPLETIONS)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $^ $(DESTDIR)$(PREFIX)/bin
	for section in 1 8; do \
		install -d $(DESTDIR)$(PREFIX)/share/man/man$$section && \
		install -m 644 $(MANUALS)/man$$section/* $(DESTDIR)$(PREFIX)/share/man/man$$section || exit 1; \
	done
	for shell in bash-completion/completions:bash zsh/$(ZSH_COMPLETIONS):zsh fish/vendor_completions.d:fish; do \
		install -d $(DESTDIR)$(PREFIX)/share/$${shell%:*} && \
		install -m 644 $(COMPLETIONS)/$${shell#*:}/* $(DESTDIR)$(PREFIX)/share/$${shell%:*} || exit 1; \
	done
	install -d $(DESTDIR)$(UNITS) $(DESTDIR)$(USER_UNITS)
	for unit in systemd/*.service systemd/*.socket systemd/*.timer; do \
		sed 's|/usr/bin/|$(PREFIX)/bin/|' "$$unit" >$(DESTDIR)$(UNITS)/$${unit##*/} || exit 1; \
	done
	for unit in systemd/user/*; do \
		sed 's|/usr/bin/|$(PREFIX)/bin/|' "$$unit" >$(DESTDIR)$(USER_UNITS)/$${unit##*/} || exit 1; \
	done
	install -D -m 644 systemd/finetuned.catalog $(DESTDIR)$(PREFIX)/lib/systemd/catalog/finetuned.catalog
	install -D -m 644 systemd/sysusers.d/finetuned.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/finetuned.conf
	install -D -m 644 systemd/tmpfiles.d/finetuned.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/finetuned.conf
	install -D -m 644 Sources/finetuned/models.yaml $(DESTDIR)$(PREFIX)/share/finetuned/models.yaml
	install -d $(DESTDIR)$(CONFIGURATION_DIRECTORY)
	test -e $(DESTDIR)$(CONFIGURATION_DIRECTORY)/finetuned.yaml || \
		install -m 644 systemd/finetuned.yaml $(DESTDIR)$(CONFIGURATION_DIRECTORY)
	@test -n "$(DESTDIR)" || echo 'Now: systemd-sysusers && systemd-tmpfiles --create && journalctl --update-catalog &&' \
		'systemctl daemon-reload && systemctl enable --now finetuned finetuned-backup.timer'

# A release, unless told otherwise: make deb CONFIGURATION=debug
deb: CONFIGURATION = release
deb: deps
	rm -rf $(PACKAGES)
	contrib/packaging/install-dependencies package
	for program in $(PROGRAMS); do \
		$(SWIFT) build --configuration $(CONFIGURATION) $($(CONFIGURATION)_LINKING) --product $$program || exit 1; \
	done
	programs="$$($(SWIFT) build --configuration $(CONFIGURATION) --show-bin-path)" && \
	$(MAKE) completions man DOCUMENTED="$$programs" && \
	DEB_COMPRESSION="$($(CONFIGURATION)_COMPRESSION)" contrib/packaging/make-deb "$$programs" $(PACKAGES)
	lintian --allow-root --fail-on error $(PACKAGES)/*.deb

systemd-test: CONFIGURATION = release
systemd-test:
	contrib/systemd/run --possible || exit 0; \
	$(MAKE) deb CONFIGURATION=$(CONFIGURATION) && contrib/systemd/run $(PACKAGES)

clean:
	$(SWIFT) package clean
	rm -rf $(DOCUMENTATION) $(PACKAGES)
