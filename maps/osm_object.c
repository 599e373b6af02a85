#include "maps/osm_object.h"

#include <string.h>

const char *xd_osm_tag_value(struct xd_osm_tags tags, const char *key)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (strcmp(tags.items[i].key, key) == 0)
            return tags.items[i].value;
    return NULL;
}
