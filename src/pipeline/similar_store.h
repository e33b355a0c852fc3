/* similar_store.h - the engine's index in similar.db. */
#ifndef PIPELINE_SIMILAR_STORE_H
#define PIPELINE_SIMILAR_STORE_H

#include "pipeline/similar.h"

struct similar_file;
/* similar_store_index() - borrowed file. A reader's can find and load only; save() belongs into similar_file_begin() .. commit(). */
struct similar_index similar_store_index(struct similar_file *file);

#endif
