// SPDX-License-Identifier: Apache-2.0
#include "core/io/random_access_file.h"
#include "core/io/weights/pickle_reader.h"
#include "training/data/clip_motion.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <new>
#include <optional>
#include <utility>

namespace gesture::training {

namespace {

using io::PickleKind;
using io::PickleTree;
using io::PickleValue;

constexpr std::uint64_t kMaxBytes = std::uint64_t{256} << 20U;
constexpr std::array<std::string_view, 7> kGlobals{"numpy.core.multiarray._reconstruct",
                                                   "numpy._core.multiarray._reconstruct",
                                                   "numpy.ndarray",
                                                   "numpy.dtype",
                                                   "numpy.core.multiarray.scalar",
                                                   "numpy._core.multiarray.scalar",
                                                   "_codecs.encode"};

bool isNumpyGlobal(std::string_view global) {
    return std::find(kGlobals.begin(), kGlobals.end(), global) != kGlobals.end();
}

/// An array of the file: rows of all but the first axis.
struct Table {
    std::size_t rows = 0;
    std::size_t width = 0;
    std::vector<float> values;
};

/// What an array's bytes hold.
enum class Number : std::uint8_t { Float32, Float64 };

std::optional<Number> numberOf(const PickleTree& tree, PickleValue dtype) {
    const auto arguments = tree.callOf(dtype, "numpy.dtype");
    if (!arguments || arguments->empty()) return std::nullopt;
    const std::string_view code = tree.text(arguments->front());
    const auto parts = tree.items(dtype);
    if (parts.size() > 2) {
        const auto state = tree.items(parts[2]);
        if (state.size() > 1 && tree.text(state[1]) == ">") return std::nullopt;
    }
    if (code == "f4") return Number::Float32;
    if (code == "f8") return Number::Float64;
    return std::nullopt;
}

/// The elements' bytes: as they are, or as a text in which each character is a byte.
std::optional<std::string> rawBytes(const PickleTree& tree, PickleValue value) {
    if (value.kind == PickleKind::Bytes) return std::string(tree.text(value));
    const auto arguments = tree.callOf(value, "_codecs.encode");
    if (!arguments || arguments->empty() || arguments->front().kind != PickleKind::Text)
        return std::nullopt;
    std::string bytes;
    const std::string_view text = tree.text(arguments->front());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto first = static_cast<unsigned char>(text[at]);
        if (first < 0x80) {
            bytes.push_back(text[at]);
            continue;
        }
        // U+0080 to U+00FF: two bytes of UTF-8 that begin with C2 or C3.
        if ((first != 0xC2 && first != 0xC3) || ++at == text.size()) return std::nullopt;
        bytes.push_back(static_cast<char>(((first & 0x03U) << 6U) |
                                          (static_cast<unsigned char>(text[at]) & 0x3FU)));
    }
    return bytes;
}

/// Shape (rows, …) of an array's state.
std::optional<Table> shapeOf(const PickleTree& tree, PickleValue shape) {
    Table table{1, 1, {}};
    const auto axes = tree.items(shape);
    if (shape.kind != PickleKind::Tuple || axes.size() > 4) return std::nullopt;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        const auto size = tree.integer(axes[axis]);
        if (!size || *size < 0 || static_cast<std::uint64_t>(*size) > kMaxBytes)
            return std::nullopt;
        std::size_t& product = axis == 0 ? table.rows : table.width;
        if (__builtin_mul_overflow(product, static_cast<std::size_t>(*size), &product))
            return std::nullopt;
    }
    return table;
}

template <typename T>
bool convert(const std::string& bytes, Table& table) {
    std::size_t count = 0;
    if (__builtin_mul_overflow(table.rows, table.width, &count) ||
        count != bytes.size() / sizeof(T) || bytes.size() % sizeof(T) != 0)
        return false;
    table.values.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        table.values[i] = static_cast<float>(value);
    }
    return true;
}

/// The table that an ndarray's pickle describes: a call that makes an empty array, and its state
/// (version, shape, dtype, Fortran order, bytes).
std::optional<Table> tableOf(const PickleTree& tree, PickleValue value) {
    if (!tree.callOf(value, kGlobals[0]) && !tree.callOf(value, kGlobals[1])) return std::nullopt;
    const auto parts = tree.items(value);
    if (parts.size() != 3 || parts[2].kind != PickleKind::Tuple) return std::nullopt;
    const auto state = tree.items(parts[2]);
    if (state.size() != 5 || tree.integer(state[3]).value_or(0) != 0) return std::nullopt;
    auto table = shapeOf(tree, state[1]);
    const auto number = numberOf(tree, state[2]);
    const auto bytes = rawBytes(tree, state[4]);
    if (!table || !number || !bytes) return std::nullopt;
    const bool good = *number == Number::Float32 ? convert<float>(*bytes, *table)
                                                 : convert<double>(*bytes, *table);
    if (!good) return std::nullopt;
    return table;
}

/// Collects a motion from tables.
class ShowReader {
public:
    ShowReader(const PickleTree& tree, std::string subject, const HandComponents& hands)
        : tree_(tree)
        , subject_(std::move(subject))
        , hands_(hands) {}

    Result<motion::Clip> read() {
        auto body = table("body_pose_axis", 63);
        if (!body) return std::move(body).error();
        frames_ = body->rows;
        data_.poses.resize(frames_ * motion::kPoseSize);
        data_.translations.assign(frames_ * 3, 0.0F);
        put(*body, 3);
        for (const auto& [name, joint] :
             {std::pair{"global_orient", 0}, std::pair{"jaw_pose", int(motion::kJaw)},
              std::pair{"leye_pose", 23}, std::pair{"reye_pose", 24}})
            if (auto done = addJoint(name, joint); !done) return std::move(done).error();
        if (auto done = addHand("left_hand_pose", hands_.left, motion::kFirstLeftHandJoint); !done)
            return std::move(done).error();
        if (auto done = addHand("right_hand_pose", hands_.right, motion::kFirstRightHandJoint);
            !done)
            return std::move(done).error();
        if (auto done = addRest(); !done) return std::move(done).error();
        auto clip = motion::Clip::create(std::move(data_));
        if (!clip) return std::move(clip).error().withContext(subject_);
        return clip;
    }

private:
    Error wrong(std::string_view name, std::string_view what) const {
        return {ErrorCode::InvalidInput, fmt::format("{}: array '{}' {}.", subject_, name, what)};
    }

    /// An array of `frames_` rows (0: any number of them) of `width` numbers (0: any).
    Result<Table> table(std::string_view name, std::size_t width) const {
        const auto value = tree_.entry(tree_.root(), name);
        if (!value) return wrong(name, "is missing");
        auto read = tableOf(tree_, *value);
        if (!read) return wrong(name, "is no numpy array of float32 or float64");
        if (frames_ != 0 && read->rows != frames_)
            return wrong(name, fmt::format("has {} rows, the body {}", read->rows, frames_));
        if (width != 0 && read->width != width)
            return wrong(name, fmt::format("has {} columns instead of {}", read->width, width));
        return std::move(*read);
    }

    void put(const Table& values, int firstColumn) {
        for (std::size_t frame = 0; frame < values.rows; ++frame)
            std::copy_n(
                &values.values[frame * values.width], values.width,
                &data_.poses[frame * motion::kPoseSize + static_cast<std::size_t>(firstColumn)]);
    }

    Status addJoint(std::string_view name, int joint) {
        const auto values = table(name, 3);
        if (!values) return values.error();
        put(*values, 3 * joint);
        return Status::success();
    }

    Status addHand(std::string_view name, const std::vector<float>& components, int joint) {
        const auto values = table(name, HandComponents::kCount);
        if (!values) return values.error();
        Table hand{values->rows, 45, std::vector<float>(values->rows * 45)};
        for (std::size_t frame = 0; frame < hand.rows; ++frame)
            for (std::size_t c = 0; c < HandComponents::kCount; ++c)
                for (std::size_t i = 0; i < 45; ++i)
                    hand.values[frame * 45 + i] +=
                        values->values[frame * HandComponents::kCount + c] * components[c * 45 + i];
        put(hand, 3 * joint);
        return Status::success();
    }

    /// Expressions, where there are fewer than 100 filled up, translation and shape.
    Status addRest() {
        const auto face = table("expression", 0);
        if (!face) return face.error();
        if (face->width > motion::kExpressionCount)
            return wrong("expression", fmt::format("has {} columns instead of 100", face->width));
        data_.expressions.assign(frames_ * motion::kExpressionCount, 0.0F);
        for (std::size_t frame = 0; frame < frames_; ++frame)
            std::copy_n(face->values.data() + frame * face->width, face->width,
                        &data_.expressions[frame * motion::kExpressionCount]);
        if (tree_.entry(tree_.root(), "transl")) {
            auto moved = table("transl", 3);
            if (!moved) return moved.error();
            data_.translations = std::move(moved->values);
        }
        const auto betas = tree_.entry(tree_.root(), "betas");
        if (const auto shape = betas ? tableOf(tree_, *betas) : std::nullopt) {
            const std::size_t count = shape->width == 1 ? shape->rows : shape->width;
            data_.betas.assign(shape->values.begin(),
                               shape->values.begin() + static_cast<std::ptrdiff_t>(
                                                           std::min(count, shape->values.size())));
        }
        return Status::success();
    }

    const PickleTree& tree_;
    std::string subject_;
    const HandComponents& hands_;
    std::size_t frames_ = 0;
    motion::Clip::Data data_;
};

} // namespace

Result<motion::Clip> readShowMotion(const std::filesystem::path& path,
                                    const HandComponents& hands) {
    const std::string subject = fmt::format("'{}'", path.string());
    const auto file = io::RandomAccessFile::open(path);
    if (!file) return Error(file.error()).withContext(subject);
    if (file->size() > kMaxBytes)
        return Error{ErrorCode::LimitExceeded, fmt::format("{} has {} bytes; at most {} are read.",
                                                           subject, file->size(), kMaxBytes)};
    try {
        std::vector<std::byte> pickle(file->size());
        if (auto got = file->read(0, pickle); !got)
            return std::move(got).error().withContext(subject);
        const auto read =
            io::readPickle(pickle, {isNumpyGlobal, true, subject, "a motion of the SHOW data set"});
        if (!read) return read.error();
        if (read->tree.root().kind != PickleKind::Dict)
            return Error{ErrorCode::InvalidInput, subject + " holds no dictionary of arrays."};
        return ShowReader(read->tree, subject, hands).read();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     fmt::format("There is not enough memory to open {}.", subject)};
    }
}

} // namespace gesture::training
