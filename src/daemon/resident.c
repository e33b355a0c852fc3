/* resident.c - see resident.h. Starting touches some 20 MB of libraries once: rule tables are folded, zones looked up, symbols bound. */
#include "daemon/resident.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Only segments that nobody can write to: their pages are the file's, so that dropping them loses nothing. */
static void drop_segment(const struct dl_phdr_info *object, const ElfW(Phdr) *segment)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
	const uintptr_t to = (object->dlpi_addr + segment->p_vaddr + segment->p_filesz) & ~(page - 1);

	if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0 || to <= from) return;
	(void)madvise((void *)from, to - from, MADV_DONTNEED);          /* a refusal costs memory, nothing else */
}

static int drop_object(struct dl_phdr_info *object, size_t size, void *arg)
{
	(void)size; (void)arg;
	if (object->dlpi_name == NULL || (object->dlpi_name[0] != '\0' && object->dlpi_name[0] != '/')) return 0;       /* the vdso is no file */
	for (size_t i = 0; i < object->dlpi_phnum; i++) drop_segment(object, &object->dlpi_phdr[i]);
	return 0;
}

void resident_trim(void)
{
	(void)malloc_trim(0);
	(void)dl_iterate_phdr(drop_object, NULL);
}
