# Of the log of a test program that failed, the lines that tell why, 30 at most: of each failed test its last ones; of a test that never ended,
# and of what comes behind the last test, what a sanitizer says first, or else the last lines.
BEGIN { forget() }
/^\[ RUN /                                                          { forget() }
/^\[       OK / || /^\[==========\]/ || /^\[  PASSED /              { forget(); next }
/^\[  FAILED  \] .* listed below:/                                  { forget(); is_summary = 1; next }
is_summary && /^\[  FAILED / || / FAILED TEST/ || /^ *$/ || /^=+$/  { next }
/^Shadow bytes around/                                              { is_shadow = 1 }
is_shadow                                                           { next }
                                                                    { keep() }
/^\[  FAILED /                                                      { last_lines(); forget(); has_failed = 1 }
END                                                                 { if (alarm == 0) last_lines(); else if (!is_aftermath()) lines(alarm, alarm + 25) }

# A test that fails leaves what it held.
function is_aftermath() { return has_failed && line[alarm] ~ /LeakSanitizer/ }

function forget() { count = 0; alarm = 0 }

function keep() {
	line[++count] = substr($0, 1, 300)
	if (alarm == 0 && /Sanitizer: |: runtime error: /) alarm = count
}

function lines(from, to,    i) {
	if (from > 1 && line[1] ~ /^\[ RUN /) show(line[1])
	for (i = from; i <= to && i <= count; i++) show(line[i])
}

function last_lines() { lines(count > 12 ? count - 11 : 1, count) }

function show(text) { if (++shown <= 30) print "  " text }
