/* similar_store.h - the engine's index in similar.db. */
#ifndef PIPELINE_SIMILAR_STORE_H
#define PIPELINE_SIMILAR_STORE_H

#include "pipeline/similar.h"

struct similar_file;
/* similar_store_index() - borrowed file. A reader's can find and load only; save() belongs into similar_file_begin() .. commit(). */
struct similar_index similar_store_index(struct similar_file *file);
/* similar_store_print(), similar_store_ticket() - what is kept of one that is filed already, anew: for corrections. */
enum ik_rc similar_store_print(struct similar_file *file, const struct similar_print *print, struct ik_error *err);
enum ik_rc similar_store_ticket(struct similar_file *file, const struct similar_ticket *ticket, struct ik_error *err);

#endif
