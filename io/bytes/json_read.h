/* JSON as a strict tree on jansson (its json_t is used as it is), with the line and column of any value: jansson keeps none, so that they are
 * found again in the text when an error is told.
 *
 * Owns: the tree; borrows bytes and source. Errors: XD_DATA located at line:column; XD_NO_MEMORY. No key twice; whole numbers fit int64.
 * Threads: one document, one thread. */
#ifndef XD_IO_BYTES_JSON_READ_H
#define XD_IO_BYTES_JSON_READ_H

#include "base/error.h"

struct json_t;

enum { XD_JSON_FILE_MAX = 256 * 1024 * 1024, XD_JSON_PATH_MAX = 16 };

struct xd_json_document {
    struct json_t *root;
    const char *bytes;
    size_t n;
    const char *source;
    struct xd_diagnostics *diagnostics;
};

/* *document is set only on XD_OK; errors go to the diagnostics. */
XD_MUST_CHECK enum xd_status xd_json_read(const char *bytes, size_t n, const char *source, struct xd_diagnostics *diagnostics,
                                          struct xd_json_document *document);
void xd_json_document_free(struct xd_json_document *document);

/* A value by its way from the root, on the caller's stack: key (in an object) or, when key is NULL, index (in an array). The root has no parent. */
struct xd_json_step {
    const struct xd_json_step *parent;
    const char *key;
    size_t index;
    const struct json_t *value;
};

/* One error at the value; the field is its path: routes[2].visits[0].arrive_s. */
void xd_json_refuse(const struct xd_json_document *document, const struct xd_json_step *at, const char *format, ...) XD_PRINTF(3, 4);
void xd_json_warn(const struct xd_json_document *document, const struct xd_json_step *at, const char *format, ...) XD_PRINTF(3, 4);

/* Where a value stands; field[] gets its path and must live as long as the location. Cost: O(bytes before it). */
struct xd_location xd_json_at(const struct xd_json_document *document, const struct xd_json_step *at, char field[XD_ERROR_FIELD_MAX]);
const char *xd_json_type_name(const struct json_t *value); /* "an object", "a text" ..., for messages */

/* Members of an object. Each returns false after an error (missing, of another type, out of range); *value is unchanged then. */
bool xd_json_is_object(const struct xd_json_document *document, const struct xd_json_step *at, const char *const *keys, size_t keys_n);
bool xd_json_member(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, struct xd_json_step *member);
bool xd_json_get_integer(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, int64_t min, int64_t max,
                         int64_t *value);
bool xd_json_get_bool(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, bool *value);
bool xd_json_get_string(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, const char **value);
/* 16 hexadecimal digits. */
bool xd_json_get_hash(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, uint64_t *value);
bool xd_json_get_array(const struct xd_json_document *document, const struct xd_json_step *object, const char *key, size_t items_max,
                       struct xd_json_step *array, size_t *items_n);
void xd_json_item(const struct xd_json_step *array, size_t index, struct xd_json_step *item);

#endif
