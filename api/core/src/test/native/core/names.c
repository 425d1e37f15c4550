/* Names and what a client may ask for (VDI reference 3.5.1, 6.2, 9). */
#include <string.h>

#include "internal.h"

size_t name_length(const uint16_t *text, size_t most) {
    size_t length = 0;
    while (length <= most && text[length] != 0) {
        length++;
    }
    return length;
}

bool name_is_valid(const uint16_t *name) {
    size_t length = name == NULL ? 0 : name_length(name, MAX_NAME);
    if (length == 0 || length > MAX_NAME) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '\\') {
            return false;
        }
    }
    return true;
}

bool name_equals(const uint16_t *one, const uint16_t *other) {
    size_t length = name_length(one, MAX_NAME);
    return length == name_length(other, MAX_NAME) && memcmp(one, other, length * sizeof *one) == 0;
}

void name_copy(uint16_t *to, const uint16_t *from) {
    memcpy(to, from, (name_length(from, MAX_NAME) + 1) * sizeof *from);
}

static bool is_letter(uint16_t unit) {
    return (unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z');
}

bool instance_normalize(const uint16_t *instance, uint16_t *normal) {
    static const char default_instance[] = "MSSQLSERVER";
    size_t length = instance == NULL ? 0 : name_length(instance, MAX_INSTANCE);
    if (length > MAX_INSTANCE) {
        return false;
    }
    if (length == 0) {
        for (size_t i = 0; i < sizeof default_instance; i++) {
            normal[i] = (uint16_t) default_instance[i];
        }
        return true;
    }
    for (size_t i = 0; i < length; i++) {
        uint16_t unit = instance[i];
        bool first = is_letter(unit) || unit == '_' || unit == '#';
        if (!first && (i == 0 || !((unit >= '0' && unit <= '9') || unit == '$'))) {
            return false;
        }
        normal[i] = unit;
    }
    normal[length] = 0;
    return true;
}

bool is_power_of_two(uint32_t value) {
    return value != 0 && (value & (value - 1)) == 0;
}

bool request_is_supported(const VDConfig *request) {
    uint32_t kind = request->features & ~(VDF_Discard | VDF_RequestComplete | VDF_SnapshotPrepare);
    bool known = kind == VDF_LikePipe || kind == VDF_Removable || kind == VDF_LikeTape || kind == VDF_LikeDisk
        || kind == (VDF_LikeDisk | VDF_Removable);
    bool aligned = request->alignment == 0 || (is_power_of_two(request->alignment) && request->alignment <= 65536);
    bool marks = request->softFileMarkBlockSize == 0 || (request->features & VDF_FileMarks) != 0;
    return request->deviceCount >= 1 && request->deviceCount <= MAX_DEVICES && known && aligned && marks;
}
