#include "maps/synth_names.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

static const char *const counties[] = {"云山", "碧岩", "青溪", "石门", "龙泉", "松岭", "清水", "高坪"};
static const char *const township_first[] = {"石", "龙", "白", "青", "金", "大", "双", "清", "高", "永",
                                             "长", "红", "黄", "沙", "马", "凤", "太", "新", "安", "木"};
static const char *const township_second[] = {"桥", "井", "岩", "溪", "坪", "水", "塘", "场", "坝", "河",
                                              "平", "山", "峰", "竹", "门", "田", "兴", "坡", "洞", "沟"};
static const char *const surnames[] = {"张", "李", "王", "杨", "刘", "陈", "罗", "吴", "黄", "周", "赵", "田", "何", "冉", "向",
                                       "龙", "石", "蒋", "邓", "谢", "胡", "唐", "姚", "彭", "韦", "蒙", "陆", "潘", "梁", "莫"};
static const char *const settlements[] = {"家湾", "家坡", "家寨", "家坝", "家沟", "家院", "家坪", "家岩", "家山", "家塘", "家河", "家垭"};
static const char *const qualities[] = {"大", "小", "上", "下", "中", "新", "老", "高", "平", "青",
                                        "红", "白", "黑", "花", "长", "岩", "茶", "竹", "松", "枫"};
static const char *const terrains[] = {"坪", "寨", "坝", "岩",   "沟",   "湾", "岭",   "垭口", "坡",   "塘",
                                       "林", "井", "溪", "田坝", "树湾", "洞", "龙山", "石坎", "木桥", "云台"};
static const char *const ordinals[] = {"", "东", "西", "南", "北", "一", "二", "三"};
static const char *const streets[] = {"解放路", "人民路", "建设路", "文化路", "河滨路", "民族路",
                                      "振兴路", "迎宾路", "团结路", "新华路", "朝阳路", "广场路"};

struct xd_synth_names {
    struct xd_arena *arena;
    uint64_t *seen; /* open addressing on the name's hash; 0 = free */
    size_t slots_n; /* a power of two, at least twice what will be asked */
};

enum xd_status xd_synth_names_create(struct xd_arena *arena, size_t names_max, struct xd_synth_names **names, struct xd_error *error)
{
    size_t slots_n = 64;
    while (slots_n < 2 * names_max)
        slots_n *= 2;
    struct xd_synth_names *made = xd_arena_alloc_zero(arena, 1, sizeof *made);
    if (made)
        made->seen = xd_arena_alloc_zero(arena, slots_n, sizeof *made->seen);
    if (!made || !made->seen)
        return xd_fail_memory(error, "names", slots_n * sizeof(uint64_t));
    made->arena = arena;
    made->slots_n = slots_n;
    *names = made;
    return XD_OK;
}

static bool is_new(struct xd_synth_names *names, const char *name)
{
    struct xd_hash hash = xd_hash_begin();
    xd_hash_string(&hash, name);
    const uint64_t key = xd_hash_end(hash) | 1u;
    size_t slot = (size_t)key & (names->slots_n - 1);
    while (names->seen[slot] != 0 && names->seen[slot] != key)
        slot = (slot + 1) & (names->slots_n - 1);
    if (names->seen[slot] == key)
        return false;
    names->seen[slot] = key;
    return true;
}

static const char *pick(struct xd_rng *rng, const char *const *words, size_t words_n)
{
    return words[xd_rng_below(rng, (uint32_t)words_n)];
}

#define PICK(rng, words) pick(rng, words, XD_ARRAY_LENGTH(words))

const char *xd_synth_name_county(struct xd_rng *rng)
{
    return PICK(rng, counties);
}

const char *xd_synth_name_road(struct xd_rng *rng)
{
    return PICK(rng, streets);
}

const char *xd_synth_name_township(struct xd_synth_names *names, struct xd_rng *rng)
{
    for (int attempt = 0; attempt < 10000; attempt++) {
        char text[XD_SYNTH_NAME_MAX];
        const char *first = PICK(rng, township_first);
        const char *second = PICK(rng, township_second);
        const char *kind = xd_rng_below(rng, 3) ? "镇" : "乡";
        snprintf(text, sizeof text, "%s%s%s", first, second, kind);
        if (strcmp(first, second) != 0 && is_new(names, text))
            return xd_arena_string(names->arena, text, strlen(text));
    }
    return NULL;
}

const char *xd_synth_name_village(struct xd_synth_names *names, struct xd_rng *rng)
{
    for (int attempt = 0; attempt < 10000; attempt++) {
        char text[XD_SYNTH_NAME_MAX];
        /* The plain forms first; a compass point or number only once those run out. */
        const char *ordinal = attempt < 20 ? "" : PICK(rng, ordinals);
        const char *quarter = attempt < 60 ? "" : PICK(rng, ordinals);
        const bool by_family = xd_rng_below(rng, 2) != 0;
        /* Drawn one by one: the order of evaluation of arguments is the compiler's. */
        const char *first = by_family ? PICK(rng, surnames) : PICK(rng, qualities);
        const char *second = by_family ? PICK(rng, settlements) : PICK(rng, terrains);
        snprintf(text, sizeof text, "%s%s%s%s村", quarter, ordinal, first, second);
        if (is_new(names, text))
            return xd_arena_string(names->arena, text, strlen(text));
    }
    return NULL;
}
