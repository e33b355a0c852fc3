/* place.h - where the project's own files are: beside the binary in a source tree, else where they were installed. Thread: any. */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

/* place_data() - path of "rules", "www/style.css", ...: conf/NAME of the source tree when the binary runs from its build folder, else
 * INTAKED_DATADIR/NAME. place_library() - path of the folder that holds channels/ and sinks/: the build folder or INTAKED_LIBDIR.
 * Both are to be freed; neither looks whether the file is there. */
char *place_data(const char *name);
char *place_library(void);

#endif
