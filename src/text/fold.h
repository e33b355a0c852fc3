/* fold.h - set-up of text_fold(). */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

/* fold_prepare() - builds the tables; once per process, any thread. text_fold() does it itself when nobody did. */
void fold_prepare(void);
/* fold_prepare_early() - the same, and gives back the 2 MB of rules that ICU keeps of making them. Only while the process has one thread and
 * nothing of ICU's open: at the start of main(). */
void fold_prepare_early(void);

#endif
