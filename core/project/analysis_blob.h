// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/analysis.h"
#include "core/project/blob_store.h"

namespace gesture::project {

/// Stores what the networks said of a take: items of a tag (1 byte), a length (4 bytes) and a
/// payload, which is a length of JSON, the JSON, and arrays, all little-endian. docs/formats.md
/// describes them. Errors as BlobStore.
[[nodiscard]] Result<ContentHash> putAnalysis(BlobStore& blobs, const inference::Analysis& analysis,
                                              JobControl& control);
/// Errors as BlobStore; sizes are checked before memory is taken.
[[nodiscard]] Result<inference::Analysis> readAnalysis(BlobStore& blobs, const ContentHash& hash);

} // namespace gesture::project
