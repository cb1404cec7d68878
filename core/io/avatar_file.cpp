// SPDX-License-Identifier: Apache-2.0
#include "core/io/avatar_file.h"

#include "core/io/npz_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <utility>

namespace gesture::io {

namespace {

using motion::BodyModelData;
using motion::kJointCount;
using motion::RowMatrix;

constexpr std::size_t kJoints = kJointCount;
constexpr std::size_t kMaxVertices = 1'000'000;
constexpr std::size_t kMaxTriangles = 4'000'000;
constexpr std::size_t kMaxDirections = 2'000;
constexpr int kAllPoseDirections = 9 * (kJointCount - 1);
constexpr std::size_t kHandSize = 45;
constexpr std::size_t kSmplXVertices = 10'475;
constexpr std::string_view kSmplXLicence =
    "SMPL-X model licence: not free, for non-commercial research (https://smpl-x.is.tue.mpg.de)";
/// How kintree_table writes "no parent" in unsigned numbers.
constexpr std::int64_t kUnsignedRoot = std::numeric_limits<std::uint32_t>::max();

/// Rows of N numbers as arrays.
template <typename T, std::size_t N>
std::vector<std::array<T, N>> grouped(const std::vector<T>& values) {
    std::vector<std::array<T, N>> rows(values.size() / N);
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(N * i), N, rows[i].begin());
    return rows;
}

RowMatrix matrix(const std::vector<float>& values, std::size_t rows, std::size_t columns) {
    return Eigen::Map<const RowMatrix>(values.data(), static_cast<Eigen::Index>(rows),
                                       static_cast<Eigen::Index>(columns));
}

/// Reads one avatar; each function fills its part of the result and needs those before it.
class AvatarReader {
public:
    explicit AvatarReader(const NpzFields& fields)
        : fields_(fields) {}

    [[nodiscard]] Result<Avatar> read();

private:
    [[nodiscard]] Status readVertices();
    [[nodiscard]] Status readFaces();
    [[nodiscard]] Status readDirections();
    [[nodiscard]] Status splitDirections(std::size_t columns);
    [[nodiscard]] Status readPoseDirections();
    [[nodiscard]] Status readPoseDirectionIndex(std::size_t columns);
    [[nodiscard]] Status readSkeleton();
    [[nodiscard]] Status readWeights();
    [[nodiscard]] Status readHand(std::string_view name, std::array<float, kHandSize>& hand) const;
    [[nodiscard]] Status readTextureCoordinates();
    [[nodiscard]] Status readParts();
    [[nodiscard]] Status readTint();
    [[nodiscard]] Status readNames();
    [[nodiscard]] Status readNameList(std::string_view name, std::size_t count,
                                      std::vector<std::string>& names) const;
    [[nodiscard]] Status readSpaceAndLicence();

    const NpzFields& fields_;
    BodyModelData data_;
    Avatar avatar_;
    std::size_t vertices_ = 0;
    std::size_t shapes_ = 0;
    std::size_t expressions_ = 0;
};

Status AvatarReader::readVertices() {
    if (!fields_.contains("v_template") && fields_.contains("poses"))
        return fields_.wrongFile("this is a motion, not a body: give it as motion.");
    auto shape = fields_.shapeOf("v_template");
    if (!shape) return std::move(shape).error();
    if (shape->empty() || shape->front() == 0 || shape->front() > kMaxVertices)
        return fields_.wrongArray("v_template", "should be (vertices, 3), up to 1000000 of them");
    vertices_ = shape->front();
    const std::array<WantedSize, 2> wanted{vertices_, 3};
    auto values = fields_.numbers<float>("v_template", wanted, "(vertices, 3)");
    if (!values) return std::move(values).error();
    data_.templateVertices =
        Eigen::Map<const motion::Points>(values->data(), static_cast<Eigen::Index>(vertices_), 3);
    return Status::success();
}

Status AvatarReader::readFaces() {
    auto shape = fields_.shapeOf("f");
    if (!shape) return std::move(shape).error();
    if (shape->empty() || shape->front() > kMaxTriangles)
        return fields_.wrongArray("f", "should be (triangles, 3), at most 4000000");
    const std::array<WantedSize, 2> wanted{std::nullopt, 3};
    auto values = fields_.numbers<std::uint32_t>("f", wanted, "(triangles, 3)");
    if (!values) return std::move(values).error();
    for (const std::uint32_t index : *values)
        if (index >= vertices_)
            return fields_.wrongFile(
                fmt::format("array 'f' names vertex {}, but there are only {}.", index, vertices_));
    data_.faces = grouped<std::uint32_t, 3>(*values);
    return Status::success();
}

/// How many of the columns are shape and how many are expression.
Status AvatarReader::splitDirections(std::size_t columns) {
    if (!fields_.contains("num_betas") || !fields_.contains("num_expressions")) {
        if (columns != 400 && columns != 20)
            return fields_.wrongFile(
                fmt::format("'shapedirs' has {} columns; say in 'num_betas' and 'num_expressions' "
                            "how many of them are shape and expression.",
                            columns));
        shapes_ = columns == 400 ? 300 : 10;
        expressions_ = columns - shapes_;
        return Status::success();
    }
    auto shapes = fields_.scalar<std::int32_t>("num_betas");
    if (!shapes) return std::move(shapes).error();
    auto expressions = fields_.scalar<std::int32_t>("num_expressions");
    if (!expressions) return std::move(expressions).error();
    if (*shapes < 0 || *expressions < 0 ||
        std::int64_t{*shapes} + *expressions != static_cast<std::int64_t>(columns))
        return fields_.wrongFile(
            fmt::format("'shapedirs' has {} columns, but 'num_betas' is {} and "
                        "'num_expressions' is {}.",
                        columns, *shapes, *expressions));
    shapes_ = static_cast<std::size_t>(*shapes);
    expressions_ = static_cast<std::size_t>(*expressions);
    return Status::success();
}

Status AvatarReader::readDirections() {
    auto shape = fields_.shapeOf("shapedirs");
    if (!shape) return std::move(shape).error();
    const std::string words =
        fmt::format("({}, 3, directions), at most {}", vertices_, kMaxDirections);
    if (shape->size() != 3 || shape->back() > kMaxDirections)
        return fields_.wrongArray("shapedirs", "should be " + words);
    const std::size_t columns = shape->back();
    if (auto split = splitDirections(columns); !split) return split;
    const std::array<WantedSize, 3> wanted{vertices_, 3, columns};
    auto values = fields_.numbers<float>("shapedirs", wanted, words);
    if (!values) return std::move(values).error();
    const Eigen::Map<const RowMatrix> all(values->data(), static_cast<Eigen::Index>(3 * vertices_),
                                          static_cast<Eigen::Index>(columns));
    data_.shapeDirections = all.leftCols(static_cast<Eigen::Index>(shapes_));
    data_.expressionDirections = all.rightCols(static_cast<Eigen::Index>(expressions_));
    return Status::success();
}

Status AvatarReader::readPoseDirectionIndex(std::size_t columns) {
    if (!fields_.contains("posedirs_index")) {
        if (columns != kAllPoseDirections)
            return fields_.wrongArray("posedirs",
                                      "without 'posedirs_index' it should have 486 columns");
        data_.poseDirectionIndex.resize(columns);
        std::iota(data_.poseDirectionIndex.begin(), data_.poseDirectionIndex.end(), 0);
        return Status::success();
    }
    const std::array<WantedSize, 1> wanted{columns};
    auto index = fields_.numbers<std::int32_t>(
        "posedirs_index", wanted, fmt::format("({},), one for each column of 'posedirs'", columns));
    if (!index) return std::move(index).error();
    for (const std::int32_t one : *index)
        if (one < 0 || one >= kAllPoseDirections)
            return fields_.wrongFile(
                fmt::format("array 'posedirs_index' holds {}, but should lie in 0…485.", one));
    data_.poseDirectionIndex.assign(index->begin(), index->end());
    return Status::success();
}

Status AvatarReader::readPoseDirections() {
    auto shape = fields_.shapeOf("posedirs");
    if (!shape) return std::move(shape).error();
    const std::string words = fmt::format("({}, 3, columns), at most 486", vertices_);
    if (shape->size() != 3 || shape->back() > static_cast<std::size_t>(kAllPoseDirections))
        return fields_.wrongArray("posedirs", "should be " + words);
    const std::size_t columns = shape->back();
    if (auto index = readPoseDirectionIndex(columns); !index) return index;
    const std::array<WantedSize, 3> wanted{vertices_, 3, columns};
    auto values = fields_.numbers<float>("posedirs", wanted, words);
    if (!values) return std::move(values).error();
    data_.poseDirections = matrix(*values, 3 * vertices_, columns);
    return Status::success();
}

Status AvatarReader::readSkeleton() {
    const std::array<WantedSize, 2> tableShape{2, kJoints};
    auto table = fields_.numbers<std::int64_t>("kintree_table", tableShape, "(2, 55)");
    if (!table) return std::move(table).error();
    for (std::size_t joint = 0; joint < kJoints; ++joint) {
        const std::int64_t parent = table->at(joint) == kUnsignedRoot ? -1 : table->at(joint);
        if (parent < -1 || parent >= kJointCount)
            return fields_.wrongFile(
                fmt::format("array 'kintree_table' gives joint {} the parent {}.", joint, parent));
        data_.parents.push_back(static_cast<int>(parent));
    }
    const std::array<WantedSize, 2> regressorShape{kJoints, vertices_};
    auto regressor =
        fields_.numbers<float>("J_regressor", regressorShape, fmt::format("(55, {})", vertices_));
    if (!regressor) return std::move(regressor).error();
    data_.jointRegressor = matrix(*regressor, kJoints, vertices_);
    if (auto hand = readHand("hands_meanl", data_.leftHandMean); !hand) return hand;
    return readHand("hands_meanr", data_.rightHandMean);
}

Status AvatarReader::readHand(std::string_view name, std::array<float, kHandSize>& hand) const {
    const std::array<WantedSize, 1> wanted{kHandSize};
    auto values = fields_.numbers<float>(name, wanted, "(45,)");
    if (!values) return std::move(values).error();
    std::copy(values->begin(), values->end(), hand.begin());
    return Status::success();
}

Status AvatarReader::readWeights() {
    const std::array<WantedSize, 2> wanted{vertices_, kJoints};
    auto values = fields_.numbers<float>("weights", wanted, fmt::format("({}, 55)", vertices_));
    if (!values) return std::move(values).error();
    data_.weights = matrix(*values, vertices_, kJoints);
    // Half-precision weights sum to 1 within 1e-3 only; scaled, they are as exact as the others.
    constexpr float kSingleError = 1e-5F;
    constexpr float kHalfError = 2e-3F;
    for (Eigen::Index row = 0; row < data_.weights.rows(); ++row) {
        const float sum = data_.weights.row(row).sum();
        const float error = std::abs(sum - 1.0F);
        if (error > kSingleError && error < kHalfError) data_.weights.row(row) /= sum;
    }
    return Status::success();
}

Status AvatarReader::readTextureCoordinates() {
    if (!fields_.contains("vt") || !fields_.contains("ft")) return Status::success();
    const std::array<WantedSize, 2> pairs{std::nullopt, 2};
    auto coordinates = fields_.numbers<float>("vt", pairs, "(coordinates, 2)");
    if (!coordinates) return std::move(coordinates).error();
    const std::size_t triangles = data_.faces.size();
    const std::array<WantedSize, 2> triples{triangles, 3};
    auto faces = fields_.numbers<std::uint32_t>(
        "ft", triples, fmt::format("({}, 3), one row for each triangle", triangles));
    if (!faces) return std::move(faces).error();
    for (const std::uint32_t index : *faces)
        if (index >= coordinates->size() / 2)
            return fields_.wrongFile(
                fmt::format("array 'ft' names coordinate {}, but 'vt' has only {}.", index,
                            coordinates->size() / 2));
    avatar_.appearance.textureCoordinates = grouped<float, 2>(*coordinates);
    avatar_.appearance.textureFaces = grouped<std::uint32_t, 3>(*faces);
    return Status::success();
}

Status AvatarReader::readParts() {
    if (!fields_.contains("part_id")) return Status::success();
    AvatarAppearance& looks = avatar_.appearance;
    auto names = fields_.texts("part_names");
    if (!names) return std::move(names).error();
    const std::array<WantedSize, 2> colourShape{names->size(), 3};
    auto colours = fields_.numbers<std::uint8_t>(
        "part_rgb", colourShape, fmt::format("({}, 3), a colour for each part", names->size()));
    if (!colours) return std::move(colours).error();
    const std::array<WantedSize, 1> idShape{data_.faces.size()};
    auto ids = fields_.numbers<std::uint8_t>(
        "part_id", idShape, fmt::format("({},), one for each triangle", data_.faces.size()));
    if (!ids) return std::move(ids).error();
    for (const std::uint8_t id : *ids)
        if (id >= names->size())
            return fields_.wrongFile(fmt::format("array 'part_id' names part {}, but there are "
                                                 "only {}.",
                                                 id, names->size()));
    looks.partNames = std::move(*names);
    looks.partColours = grouped<std::uint8_t, 3>(*colours);
    looks.partIds = std::move(*ids);
    return Status::success();
}

Status AvatarReader::readTint() {
    if (!fields_.contains("skin_tint")) return Status::success();
    const std::array<WantedSize, 2> wanted{vertices_, 4};
    auto tint =
        fields_.numbers<std::uint8_t>("skin_tint", wanted, fmt::format("({}, 4)", vertices_));
    if (!tint) return std::move(tint).error();
    avatar_.appearance.skinTint = grouped<std::uint8_t, 4>(*tint);
    return Status::success();
}

Status AvatarReader::readNameList(std::string_view name, std::size_t count,
                                  std::vector<std::string>& names) const {
    if (!fields_.contains(name)) return Status::success();
    auto texts = fields_.texts(name);
    if (!texts) return std::move(texts).error();
    if (texts->size() != count)
        return fields_.wrongArray(name, fmt::format("should hold {} names", count));
    names = std::move(*texts);
    return Status::success();
}

Status AvatarReader::readNames() {
    if (auto read = readNameList("shape_names", shapes_, avatar_.shapeNames); !read) return read;
    return readNameList("expr_names", expressions_, avatar_.expressionNames);
}

Status AvatarReader::readSpaceAndLicence() {
    const bool units = !avatar_.expressionNames.empty();
    avatar_.expressionSpace =
        units ? motion::ExpressionSpace::Arkit52 : motion::ExpressionSpace::Smplx;
    if (fields_.contains("expression_space")) {
        auto text = fields_.text("expression_space");
        if (!text) return std::move(text).error();
        if (*text != nameOf(motion::ExpressionSpace::Smplx) &&
            *text != nameOf(motion::ExpressionSpace::Arkit52))
            return fields_.wrongFile(fmt::format(
                "'expression_space' is '{}'; this program knows 'smplx' and 'arkit52'.", *text));
        avatar_.expressionSpace = *text == nameOf(motion::ExpressionSpace::Smplx)
                                      ? motion::ExpressionSpace::Smplx
                                      : motion::ExpressionSpace::Arkit52;
    }
    if (vertices_ == kSmplXVertices) avatar_.licence = kSmplXLicence;
    if (!fields_.contains("licence")) return Status::success();
    auto licence = fields_.text("licence");
    if (!licence) return std::move(licence).error();
    avatar_.licence = std::move(*licence);
    return Status::success();
}

Result<Avatar> AvatarReader::read() {
    using Step = Status (AvatarReader::*)();
    constexpr std::array<Step, 10> kSteps{&AvatarReader::readVertices,
                                          &AvatarReader::readFaces,
                                          &AvatarReader::readDirections,
                                          &AvatarReader::readPoseDirections,
                                          &AvatarReader::readSkeleton,
                                          &AvatarReader::readWeights,
                                          &AvatarReader::readTextureCoordinates,
                                          &AvatarReader::readParts,
                                          &AvatarReader::readTint,
                                          &AvatarReader::readNames};
    for (const Step step : kSteps)
        if (auto done = (this->*step)(); !done) return std::move(done).error();
    if (auto done = readSpaceAndLicence(); !done) return std::move(done).error();
    auto body = motion::BodyModel::create(std::move(data_));
    if (!body) return fields_.wrongFile(body.error().message());
    avatar_.body = std::move(*body);
    return std::move(avatar_);
}

} // namespace

Result<Avatar> readAvatarFile(const std::filesystem::path& path) {
    auto fields = NpzFields::open(path);
    if (!fields) return std::move(fields).error();
    return AvatarReader(*fields).read();
}

} // namespace gesture::io
