/* YAML as a strict, located tree: one document, plain mappings, sequences and scalars; no anchors, aliases, tags or merge keys, no key twice.
 *
 * Made from libyaml's events, so that nesting and node count are refused while they are read and every node knows its line and column.
 * Owns: the tree, in one arena (xd_yaml_free). Errors: XD_CONFIG located at line:column, all that can be found go to the diagnostics.
 * Cost: O(bytes + keys^2 a mapping; keys are limited). Threads: immutable once read. */
#ifndef XD_IO_BYTES_YAML_H
#define XD_IO_BYTES_YAML_H

#include "base/arena.h"

enum { XD_YAML_FILE_MAX = 1024 * 1024, XD_YAML_DEPTH_MAX = 16, XD_YAML_NODES_MAX = 20000, XD_YAML_KEYS_MAX = 1000, XD_YAML_SCALAR_MAX = 4096 };

enum xd_yaml_kind { XD_YAML_SCALAR, XD_YAML_SEQUENCE, XD_YAML_MAPPING, XD_YAML_ONE_OR_MORE /* of a key only: a scalar, or a sequence of some */ };

struct xd_yaml_node {
    enum xd_yaml_kind kind;
    bool quoted;          /* a scalar between quotes or in a block */
    int64_t line, column; /* of the node's first character */
    const char *key;      /* inside a mapping; NULL elsewhere */
    int64_t key_line, key_column;
    const char *text;                 /* of a scalar, NUL-terminated UTF-8 */
    const struct xd_yaml_node *first; /* of a collection */
    const struct xd_yaml_node *next;  /* sibling */
};

struct xd_yaml {
    struct xd_arena arena;
    const char *source; /* borrowed */
    const struct xd_yaml_node *root;
};

/* bytes: UTF-8 as from xd_text_decode. *yaml is set only on XD_OK. */
XD_MUST_CHECK enum xd_status xd_yaml_read(const char *bytes, size_t n, const char *source, struct xd_diagnostics *diagnostics, struct xd_yaml **yaml);
void xd_yaml_free(struct xd_yaml *yaml);

struct xd_yaml_key {
    const char *key;
    enum xd_yaml_kind kind;
    bool required;
};

/* Holds the mapping to its schema: unknown keys (with a suggestion), missing ones (in one message), values of the wrong kind, empty values.
 * found[k] is the node of keys[k] or NULL. False after any error. */
bool xd_yaml_match(const struct xd_yaml *yaml, const struct xd_yaml_node *mapping, const char *what, const struct xd_yaml_key *keys, size_t keys_n,
                   const struct xd_yaml_node **found, struct xd_diagnostics *diagnostics);
struct xd_location xd_yaml_at(const struct xd_yaml *yaml, const struct xd_yaml_node *node);
/* Scalars; a NULL node is true and leaves *value. False after an error was added. */
bool xd_yaml_bool(const struct xd_yaml *yaml, const struct xd_yaml_node *node, bool *value, struct xd_diagnostics *diagnostics);
bool xd_yaml_choice(const struct xd_yaml *yaml, const struct xd_yaml_node *node, const char *const *choices, size_t choices_n, int *choice,
                    struct xd_diagnostics *diagnostics);

#endif
