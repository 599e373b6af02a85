#include "maps/node_signal.h"

#include <string.h>

static bool value_is(struct xd_osm_tags tags, const char *key, const char *value)
{
    const char *found = xd_osm_tag_value(tags, key);
    return found && strcmp(found, value) == 0;
}

static uint8_t direction(struct xd_osm_tags tags, const char *key)
{
    return value_is(tags, key, "forward") ? XD_NODE_FORWARD : value_is(tags, key, "backward") ? XD_NODE_BACKWARD : 0;
}

/* "traffic_signals", also in a list of several kinds of crossing. */
static bool has_crossing_signals(struct xd_osm_tags tags)
{
    const char *crossing = xd_osm_tag_value(tags, "crossing");
    const char *signals = xd_osm_tag_value(tags, "crossing:signals");
    if (signals)
        return strcmp(signals, "no") != 0;
    return crossing && strstr(crossing, "traffic_signals");
}

uint8_t xd_node_signal_decode(struct xd_osm_tags tags)
{
    if (value_is(tags, "highway", "traffic_signals"))
        return XD_NODE_SIGNAL | direction(tags, "traffic_signals:direction");
    if (value_is(tags, "highway", "stop"))
        return XD_NODE_STOP | direction(tags, "direction");
    if (value_is(tags, "highway", "crossing") && has_crossing_signals(tags))
        return XD_NODE_CROSSING_SIGNAL;
    return 0;
}
