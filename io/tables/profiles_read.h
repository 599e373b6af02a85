/* Vehicle profiles: the table that is built into the program (maps/profiles.csv), and a user's own file on top of it.
 *
 * Form (docs/profiles.md): the first column is `property`, each other one a profile by its name (columns `unit` and `note` are not looked at); one row a
 * property. A user's column for a known profile changes only the cells that it fills; a new one starts from the profile in its row `based_on`, or tells
 * every property. Errors: all of a file go to the diagnostics, located at file:line:column; XD_DATA, XD_NO_INPUT, XD_NO_MEMORY. */
#ifndef XD_IO_TABLES_PROFILES_READ_H
#define XD_IO_TABLES_PROFILES_READ_H

#include "base/error.h"
#include "maps/profile.h"

/* path NULL: the built-in profiles alone. *profiles is set only on XD_OK (xd_profiles_free). */
XD_MUST_CHECK enum xd_status xd_profiles_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_profiles **profiles);
/* The same from UTF-8 text in memory; base NULL: nothing to start from. The base is copied. */
XD_MUST_CHECK enum xd_status xd_profiles_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_profiles *base,
                                                    struct xd_diagnostics *diagnostics, struct xd_profiles **profiles);

#endif
