/* What network check tells of closures. */
#ifndef XD_APP_CHECK_CLOSURES_H
#define XD_APP_CHECK_CLOSURES_H

#include "base/json_writer.h"
#include "scenarios/county.h"

/* Members closures, and with a county cut_off. */
void xd_check_closures_json(struct xd_json_writer *json, const struct xd_overlay *overlay, const struct xd_county *county);
void xd_check_closures_print(const struct xd_overlay *overlay, const struct xd_county *county);

#endif
