/* Tags that were not understood, or are known and not modelled: counted, so that nothing is dropped in silence. */
#ifndef XD_MAPS_ROAD_DOUBT_H
#define XD_MAPS_ROAD_DOUBT_H

#include <stdint.h>

enum xd_road_doubt {
    XD_DOUBT_ACCESS, /* here and down to BARRIER: a value that nobody knows, taken as not told */
    XD_DOUBT_ONEWAY,
    XD_DOUBT_MAXSPEED,
    XD_DOUBT_LIMIT, /* maxweight, maxheight and their like */
    XD_DOUBT_WIDTH, /* width, est_width, lanes */
    XD_DOUBT_SURFACE,
    XD_DOUBT_SMOOTHNESS,
    XD_DOUBT_TRACKTYPE,
    XD_DOUBT_CHINA_GRADE, /* highway:CN, china_class */
    XD_DOUBT_DURATION,    /* of a ferry */
    XD_DOUBT_BARRIER,     /* also a height or width restrictor that does not tell its limit */
    XD_DOUBT_CONDITIONAL, /* a :conditional tag that asks for hours, seasons or weather: what is told without the condition holds */
    XD_DOUBT_CONDITION,   /* one that is malformed, or asks for what no vehicle tells */
    XD_DOUBT_AREA,        /* a highway drawn as an area: left out, as its outline is no road */
    XD_ROAD_DOUBTS_N
};

struct xd_road_doubts {
    int64_t object_id;                    /* of the way or node that is looked at: the caller sets it */
    int64_t tags_n[XD_ROAD_DOUBTS_N];     /* in tags */
    int64_t example_id[XD_ROAD_DOUBTS_N]; /* the least object_id with such a tag; 0 where tags_n is 0 */
};

struct xd_road_doubt_info {
    const char *key, *label, *label_zh;
};
extern const struct xd_road_doubt_info xd_road_doubt_infos[XD_ROAD_DOUBTS_N];

void xd_road_doubt_add(struct xd_road_doubts *doubts, enum xd_road_doubt kind); /* doubts may be NULL */
void xd_road_doubts_join(struct xd_road_doubts *doubts, const struct xd_road_doubts *more);

#endif
