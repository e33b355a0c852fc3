/* fold.h - set-up of text_fold(). */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

/* fold_prepare() - builds the tables; once per process, any thread. text_fold() does it itself when nobody did. */
void fold_prepare(void);

#endif
