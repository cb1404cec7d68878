// SPDX-License-Identifier: Apache-2.0
#include "core/project/motion_blob.h"

#include "core/inference/clip_frames.h"
#include "core/motion/representation.h"
#include "core/project/json_archive.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace gesture::project {

namespace {

constexpr const char* kKind = "motion";
constexpr std::size_t kMaxBetas = 1000;
constexpr std::size_t kContactColumns = motion::kContactCount;

/// What the first chunk says.
struct MotionHead {
    std::int64_t frames = 0;
    std::int64_t numerator = 30;
    std::int64_t denominator = 1;
    motion::ExpressionSpace space = motion::ExpressionSpace::Smplx;
    std::string gender;
    std::string model;
    std::vector<double> betas;
    bool contacts = false;
};

template <typename Archive>
void describe(Archive& archive, typename Archive::template Ref<MotionHead> head) {
    constexpr std::int64_t kMost = 1'000'000;
    archive.integer("frames", head.frames, 1, kMaxFrames);
    archive.integer("rate", head.numerator, 1, kMost);
    archive.integer("rate-divisor", head.denominator, 1, kMost);
    archive.choice("expression-space", head.space, 2);
    archive.text("gender", head.gender, kMaxName);
    archive.text("model", head.model, kMaxName);
    archive.reals("betas", head.betas, kMaxBetas);
    archive.flag("contacts", head.contacts);
}

MotionHead headOf(const StoredMotion& motion) {
    const motion::Clip& clip = *motion.clip;
    return {clip.frameCount(),
            clip.rate().numerator,
            clip.rate().denominator,
            clip.expressionSpace(),
            clip.gender(),
            clip.model(),
            {clip.betas().begin(), clip.betas().end()},
            !motion.contacts.empty()};
}

/// The rows of `begin` to `end` of (frames, columns).
std::span<const std::byte> rowsOf(std::span<const float> values, std::int64_t begin,
                                  std::int64_t end, std::size_t columns) {
    return std::as_bytes(values.subspan(static_cast<std::size_t>(begin) * columns,
                                        static_cast<std::size_t>(end - begin) * columns));
}

/// Takes a motion from its chunks, each of which must have the size that is next.
class MotionAssembly {
public:
    Status take(BlobStore::Chunk chunk) {
        if (!started_) return takeHead(chunk);
        const std::int64_t block = std::min(kMotionBlockFrames, head_.frames - done_);
        if (block <= 0) return wrong();
        const auto frames = static_cast<std::size_t>(block);
        switch (field_) {
        case 0:
            if (!append(data_.poses, chunk, frames * motion::kPoseSize)) return wrong();
            break;
        case 1:
            return takeSteps(chunk, frames);
        default:
            if (!append(data_.expressions, chunk, frames * motion::kExpressionCount))
                return wrong();
            done_ += block;
        }
        field_ = (field_ + 1) % 3;
        return Status::success();
    }

    Result<StoredMotion> finish() && {
        if (!started_ || done_ != head_.frames) return wrong();
        data_.rate = {static_cast<std::int32_t>(head_.numerator),
                      static_cast<std::int32_t>(head_.denominator)};
        data_.expressionSpace = head_.space;
        data_.gender = head_.gender;
        data_.model = head_.model;
        data_.betas.assign(head_.betas.begin(), head_.betas.end());
        auto clip = motion::Clip::create(std::move(data_));
        if (!clip) return std::move(clip).error();
        return StoredMotion{std::make_shared<const motion::Clip>(std::move(*clip)),
                            std::move(contacts_)};
    }

private:
    static Error wrong() {
        return {ErrorCode::InvalidInput, "A motion in the project is damaged: its parts do not "
                                         "have the sizes that it names."};
    }

    Status takeHead(BlobStore::Chunk chunk) {
        JsonReader reader({reinterpret_cast<const char*>(chunk.data()), chunk.size()});
        if (!reader.failed()) describe(reader, head_);
        started_ = true;
        Status read = reader.finish();
        if (read.ok() && head_.frames < 1) return wrong();
        return read;
    }

    Status takeSteps(BlobStore::Chunk chunk, std::size_t frames) {
        const std::size_t steps = frames * 3;
        const std::size_t contacts = head_.contacts ? frames * kContactColumns : 0;
        if (chunk.size() != (steps + contacts) * sizeof(float)) return wrong();
        if (!append(data_.translations, chunk.first(steps * sizeof(float)), steps) ||
            !append(contacts_, chunk.subspan(steps * sizeof(float)), contacts))
            return wrong();
        field_ = 2;
        return Status::success();
    }

    static bool append(std::vector<float>& values, BlobStore::Chunk chunk, std::size_t count) {
        if (chunk.size() != count * sizeof(float)) return false;
        const std::size_t old = values.size();
        values.resize(old + count);
        if (count > 0) std::memcpy(values.data() + old, chunk.data(), chunk.size());
        return true;
    }

    bool started_ = false;
    MotionHead head_;
    motion::Clip::Data data_;
    std::vector<float> contacts_;
    std::int64_t done_ = 0;
    int field_ = 0; ///< Of the next chunk: poses, steps, expressions.
};

} // namespace

Result<ContentHash> putMotion(BlobStore& blobs, const StoredMotion& motion, JobControl& control) {
    JsonWriter writer;
    const MotionHead head = headOf(motion);
    describe(writer, head);
    const auto text = std::move(writer).finish();
    if (!text) return text.error();
    const motion::Clip& clip = *motion.clip;
    if (head.contacts &&
        motion.contacts.size() != static_cast<std::size_t>(head.frames) * kContactColumns)
        return Error{ErrorCode::InvalidInput, "The contacts do not fit to the motion."};
    return blobs.put(
        kKind,
        [&](const BlobStore::Sink& sink) -> Status {
            if (Status done = sink(std::as_bytes(std::span(*text))); !done) return done;
            for (std::int64_t begin = 0; begin < head.frames; begin += kMotionBlockFrames) {
                const std::int64_t end = std::min(head.frames, begin + kMotionBlockFrames);
                if (Status done = sink(rowsOf(clip.poses(), begin, end, motion::kPoseSize)); !done)
                    return done;
                const auto steps = rowsOf(clip.translations(), begin, end, 3);
                std::vector<std::byte> both(steps.begin(), steps.end());
                if (head.contacts) {
                    const auto more = rowsOf(motion.contacts, begin, end, kContactColumns);
                    both.insert(both.end(), more.begin(), more.end());
                }
                if (Status done = sink(both); !done) return done;
                if (Status done =
                        sink(rowsOf(clip.expressions(), begin, end, motion::kExpressionCount));
                    !done)
                    return done;
            }
            return Status::success();
        },
        control);
}

Result<StoredMotion> readMotion(BlobStore& blobs, const ContentHash& hash) {
    MotionAssembly assembly;
    const Status read =
        blobs.visit(hash, kKind, [&](BlobStore::Chunk chunk) { return assembly.take(chunk); });
    if (!read) return read.error();
    return std::move(assembly).finish();
}

Result<StoredMotion> storedMotion(const inference::MotionFrames& frames, const motion::Clip* like) {
    auto clip = inference::clipOf(frames, like);
    if (!clip) return std::move(clip).error();
    return StoredMotion{std::make_shared<const motion::Clip>(std::move(*clip)), frames.contacts};
}

Result<inference::MotionFrames> motionFramesOf(const StoredMotion& motion) {
    auto frames = inference::framesOf(*motion.clip);
    if (frames) frames->contacts = motion.contacts;
    return frames;
}

} // namespace gesture::project
