/* classify.h - the command `intakectl classify`. */
#ifndef CTL_CLASSIFY_H
#define CTL_CLASSIFY_H

/* ctl_classify() - argv[0] is the command's name; returns the exit status (sysexits). */
int ctl_classify(int argc, char **argv);

#endif
