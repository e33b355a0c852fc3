/* handle.h - what kind of handle a sender's name is, where nobody says. Thread: any. */
#ifndef BASE_HANDLE_H
#define BASE_HANDLE_H

/* handle_kind() - "email", "phone", or "other": a name of that platform alone. */
const char *handle_kind(const char *sender);

#endif
