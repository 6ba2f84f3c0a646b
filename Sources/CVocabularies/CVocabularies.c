#include "CVocabularies.h"

// Swift has no way yet to put a file into a program that compiles in seconds: a literal of these two would take minutes.
// C23's #embed does, and Clang knows it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t cl100k_base[] = {
#embed "cl100k_base.vocabulary"
};

static const uint8_t o200k_base[] = {
#embed "o200k_base.vocabulary"
};

struct vocabulary_file vocabulary_file_cl100k_base(void) {
    return (struct vocabulary_file){cl100k_base, sizeof cl100k_base};
}

struct vocabulary_file vocabulary_file_o200k_base(void) {
    return (struct vocabulary_file){o200k_base, sizeof o200k_base};
}
