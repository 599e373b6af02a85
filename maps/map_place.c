#include "maps/map_place.h"

#include "base/number.h"

#include <string.h>

static const struct {
    const char *word;
    enum xd_map_place_kind kind;
} kinds[] = {
    {"city", XD_MAP_CITY},     {"town", XD_MAP_TOWN},          {"village", XD_MAP_VILLAGE},
    {"hamlet", XD_MAP_HAMLET}, {"suburb", XD_MAP_SUBURB},      {"isolated_dwelling", XD_MAP_ISOLATED_DWELLING},
    {"county", XD_MAP_COUNTY}, {"municipality", XD_MAP_OTHER}, {"district", XD_MAP_OTHER},
    {"borough", XD_MAP_OTHER}, {"quarter", XD_MAP_OTHER},      {"neighbourhood", XD_MAP_OTHER},
    {"farm", XD_MAP_OTHER},
};

static const char *told(struct xd_osm_tags tags, const char *key)
{
    const char *value = xd_osm_tag_value(tags, key);
    return value && *value ? value : NULL;
}

/* An area code of the county, township or village tier. */
static bool is_area_code(const char *text)
{
    size_t n = strlen(text);
    return (n == 6 || n == 9 || n == 12) && strspn(text, "0123456789") == n;
}

bool xd_map_place_decode(struct xd_osm_tags tags, struct xd_map_place_tags *place)
{
    const char *word = told(tags, "place");
    if (!word)
        return false;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++) {
        if (strcmp(kinds[i].word, word) != 0)
            continue;
        const char *name = told(tags, "name");
        const char *zh = told(tags, "name:zh");
        const char *en = told(tags, "name:en");
        const char *code = told(tags, "ref:admin");
        const char *population = told(tags, "population");
        if (!code || !is_area_code(code))
            code = told(tags, "ref");
        int64_t people = -1;
        if (population && xd_parse_int64(population, strlen(population), 0, INT64_MAX, &people) != XD_NUMBER_OK)
            people = -1;
        *place = (struct xd_map_place_tags){.kind = kinds[i].kind,
                                            .population = people,
                                            .name = name ? name
                                                    : zh ? zh
                                                    : en ? en
                                                         : "",
                                            .name_zh = zh ? zh : "",
                                            .code = code && is_area_code(code) ? code : ""};
        return true;
    }
    return false;
}

static bool is_settlement(enum xd_map_place_kind kind)
{
    return kind == XD_MAP_CITY || kind == XD_MAP_TOWN || kind == XD_MAP_VILLAGE || kind == XD_MAP_HAMLET || kind == XD_MAP_ISOLATED_DWELLING;
}

bool xd_map_place_kinds_agree(enum xd_map_place_kind a, enum xd_map_place_kind b)
{
    return a == b || (is_settlement(a) && is_settlement(b));
}

/* The byte at *text as it is compared, *text behind it: letters U+00C0..017F (two bytes in UTF-8) give their base letter. */
static char folded(const char **text)
{
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
                                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssss"
                                "ttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    const unsigned lead = (unsigned char)(*text)[0];
    if (lead >= 0xc3 && lead <= 0xc5) {
        const unsigned letter = (lead & 0x1f) << 6 | ((unsigned char)(*text)[1] & 0x3f);
        *text += 2;
        return latin[letter - 0xc0];
    }
    const char byte = *(*text)++;
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool xd_map_place_names_agree(const char *a, const char *b)
{
    while (*a && *b)
        if (folded(&a) != folded(&b))
            return false;
    return *a == *b;
}
