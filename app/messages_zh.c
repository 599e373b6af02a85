#include "app/messages.h"

#include <stddef.h>
#include <string.h>

struct entry {
    const char *english;
    const char *chinese;
};

/* By topic; conversions stay in the order of the English (%1$s forms where Chinese needs another). */
static const struct entry entries[] = {
    {"error", "错误"},
    {"warning", "警告"},
    {"cost", "成本"},
    {"about", "约剩"},
    {"read map", "读取地图"},
    {"table", "计算时距表"},
    {"search", "优化线路"},
    {"synth", "生成县域"},
    {"is empty", "为空"},
    {"is not a number", "不是数字"},
    {"is out of range", "超出范围"},
};

const char *xd_message_zh(const char *english)
{
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (strcmp(entries[i].english, english) == 0)
            return entries[i].chinese;
    return NULL;
}
