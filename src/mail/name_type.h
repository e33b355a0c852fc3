/* name_type.h - the content type that a file name stands for, where nothing else tells it. Thread: any. */
#ifndef MAIL_NAME_TYPE_H
#define MAIL_NAME_TYPE_H

/* name_type() - never NULL; "application/octet-stream" for what is not known. name may be NULL. */
const char *name_type(const char *name);

#endif
