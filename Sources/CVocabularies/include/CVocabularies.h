#ifndef FINETUNED_CVOCABULARIES_H
#define FINETUNED_CVOCABULARIES_H

#include <stddef.h>
#include <stdint.h>

/// A file that is part of the program. Its bytes never move and never change.
struct vocabulary_file {
    const uint8_t *_Nonnull bytes;
    size_t count;
};

struct vocabulary_file vocabulary_file_cl100k_base(void);
struct vocabulary_file vocabulary_file_o200k_base(void);

#endif
