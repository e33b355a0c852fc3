/* name_type.c - see name_type.h. Types as IANA registers them. */
#include "mail/name_type.h"

#include <string.h>
#include <strings.h>
#include "base/mem.h"

static const struct { const char *ending, *type; } known[] = {
	{ "txt", "text/plain" }, { "log", "text/plain" }, { "csv", "text/csv" }, { "htm", "text/html" }, { "html", "text/html" }, { "xml", "application/xml" },
	{ "ics", "text/calendar" }, { "vcf", "text/vcard" }, { "eml", "message/rfc822" }, { "rtf", "application/rtf" }, { "pdf", "application/pdf" },
	{ "png", "image/png" }, { "jpg", "image/jpeg" }, { "jpeg", "image/jpeg" }, { "gif", "image/gif" }, { "bmp", "image/bmp" }, { "tif", "image/tiff" },
	{ "tiff", "image/tiff" }, { "webp", "image/webp" }, { "heic", "image/heic" }, { "mp3", "audio/mpeg" }, { "wav", "audio/x-wav" }, { "m4a", "audio/mp4" },
	{ "mp4", "video/mp4" }, { "mov", "video/quicktime" }, { "avi", "video/x-msvideo" }, { "zip", "application/zip" }, { "gz", "application/gzip" },
	{ "doc", "application/msword" }, { "xls", "application/vnd.ms-excel" }, { "ppt", "application/vnd.ms-powerpoint" },
	{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
	{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	{ "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
};

const char *name_type(const char *name)
{
	const char *dot = name != NULL ? strrchr(name, '.') : NULL;

	for (size_t i = 0; dot != NULL && i < COUNT_OF(known); i++)
		if (strcasecmp(dot + 1, known[i].ending) == 0) return known[i].type;
	return "application/octet-stream";
}
