#include "maps/road_doubt.h"

#include <stddef.h>

const struct xd_road_doubt_info xd_road_doubt_infos[XD_ROAD_DOUBTS_N] = {
    [XD_DOUBT_ACCESS] = {"access", "words of access", "通行权"},
    [XD_DOUBT_ONEWAY] = {"oneway", "oneway values", "单行"},
    [XD_DOUBT_MAXSPEED] = {"maxspeed", "speed limits", "限速"},
    [XD_DOUBT_LIMIT] = {"limit", "weight and size limits", "限重与限高宽长"},
    [XD_DOUBT_WIDTH] = {"width", "widths and lanes", "路宽与车道数"},
    [XD_DOUBT_SURFACE] = {"surface", "surfaces", "路面"},
    [XD_DOUBT_SMOOTHNESS] = {"smoothness", "smoothness values", "平整度"},
    [XD_DOUBT_TRACKTYPE] = {"tracktype", "track types", "机耕路等级"},
    [XD_DOUBT_CHINA_GRADE] = {"china_grade", "technical grades", "公路技术等级"},
    [XD_DOUBT_DURATION] = {"duration", "ferry durations", "轮渡时间"},
    [XD_DOUBT_BARRIER] = {"barrier", "barriers", "障碍"},
    [XD_DOUBT_CONDITIONAL] = {"conditional", "conditions of time or weather (not applied)", "时段或天气条件(未采用)"},
    [XD_DOUBT_CONDITION] = {"condition", "conditions", "条件"},
    [XD_DOUBT_AREA] = {"area", "roads drawn as areas (left out)", "面状道路(舍弃)"},
};

void xd_road_doubt_add(struct xd_road_doubts *doubts, enum xd_road_doubt kind)
{
    if (!doubts)
        return;
    if (doubts->tags_n[kind]++ == 0 || doubts->object_id < doubts->example_id[kind])
        doubts->example_id[kind] = doubts->object_id;
}

void xd_road_doubts_join(struct xd_road_doubts *doubts, const struct xd_road_doubts *more)
{
    for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++) {
        if (more->tags_n[kind] == 0)
            continue;
        if (doubts->tags_n[kind] == 0 || more->example_id[kind] < doubts->example_id[kind])
            doubts->example_id[kind] = more->example_id[kind];
        doubts->tags_n[kind] += more->tags_n[kind];
    }
}
