// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generation.h"
#include "core/motion/clip.h"
#include "core/project/blob_store.h"

#include <memory>
#include <vector>

namespace gesture::project {

/// A motion as a project keeps it.
struct StoredMotion {
    std::shared_ptr<const motion::Clip> clip; ///< Never null.
    std::vector<float> contacts;              ///< (frames, 4); empty: unknown.
};

/// Stores a motion: a head of JSON, then for each kMotionBlockFrames frames their poses,
/// translations with contacts, and expressions as chunks of float32, little-endian. Frames that two
/// motions have in common take their place once. Errors as BlobStore.
[[nodiscard]] Result<ContentHash> putMotion(BlobStore& blobs, const StoredMotion& motion,
                                            JobControl& control);
/// Errors as BlobStore; sizes are checked before memory is taken, numbers by Clip::create.
[[nodiscard]] Result<StoredMotion> readMotion(BlobStore& blobs, const ContentHash& hash);

inline constexpr std::int64_t kMotionBlockFrames = 1024;

/// Frames of the engine (30 fps) as a clip with the body and face of `like`; nullptr: none.
[[nodiscard]] Result<StoredMotion> storedMotion(const inference::MotionFrames& frames,
                                                const motion::Clip* like = nullptr);
/// As the engine takes them. InvalidInput at other rates than 30 fps.
[[nodiscard]] Result<inference::MotionFrames> motionFramesOf(const StoredMotion& motion);

} // namespace gesture::project
