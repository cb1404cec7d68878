// SPDX-License-Identifier: Apache-2.0
#include "core/io/motion_file.h"

#include "core/base/rotation.h"
#include "core/io/npz_fields.h"
#include "core/motion/average_skeleton.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace gesture::io {

namespace {

using motion::Clip;
using motion::kExpressionCount;
using motion::kPoseSize;

// SMPL-H: 22 joints of the body, then both hands; SMPL-X has jaw and eyes between them, some files
// the jaw alone.
constexpr std::size_t kSmplHPoseSize = 156;
constexpr std::size_t kNoEyesPoseSize = 159;
constexpr std::size_t kHandsSize = 90;

constexpr std::size_t kBetasOfBeat2 = 300;
constexpr std::size_t kMaxBetas = 1000;
constexpr std::size_t kMaxProvenanceBytes = std::size_t{64} << 10;
constexpr std::array<std::string_view, 3> kRateNames{"mocap_frame_rate", "mocap_framerate", "fps"};
constexpr std::string_view kPosesWords =
    "(frames, 165), without eyes (frames, 159) or, for SMPL-H, "
    "(frames, 156)";

Result<std::size_t> countFrames(const NpzFields& fields) {
    auto shape = fields.shapeOf("poses");
    if (!shape) return std::move(shape).error();
    const std::size_t dimensions = shape->size();
    const bool joints = dimensions == 3 && shape->at(2) == 3 && shape->at(1) <= kPoseSize;
    const std::size_t columns = joints ? 3 * shape->at(1) : dimensions == 2 ? shape->at(1) : 0;
    if (columns != kPoseSize && columns != kSmplHPoseSize && columns != kNoEyesPoseSize)
        return fields.wrongArray("poses", fmt::format("should be {}", kPosesWords));
    const std::size_t frames = shape->front();
    if (frames == 0) return fields.wrongFile("the motion has no frames.");
    if (frames > static_cast<std::size_t>(Clip::kMaxFrames))
        return Error{ErrorCode::LimitExceeded,
                     fields
                         .wrongArray("poses", fmt::format("at most {} frames are accepted",
                                                          Clip::kMaxFrames))
                         .message()};
    return frames;
}

/// (frames, 165) from fewer columns: zeros for what is missing of jaw and eyes.
std::vector<float> insertFace(const std::vector<float>& poses, std::size_t columns) {
    std::vector<float> result;
    result.reserve(poses.size() / columns * kPoseSize);
    const auto beforeHands = static_cast<std::ptrdiff_t>(columns - kHandsSize);
    for (auto row = poses.begin(); row != poses.end();
         row += static_cast<std::ptrdiff_t>(columns)) {
        result.insert(result.end(), row, row + beforeHands);
        result.insert(result.end(), kPoseSize - columns, 0.0F);
        result.insert(result.end(), row + beforeHands, row + static_cast<std::ptrdiff_t>(columns));
    }
    return result;
}

Result<std::vector<float>> readPoses(const NpzFields& fields, std::size_t frames) {
    auto shape = fields.shapeOf("poses");
    if (!shape) return std::move(shape).error();
    const std::vector<WantedSize> wanted(shape->begin(), shape->end());
    auto poses = fields.numbers<float>("poses", wanted, kPosesWords);
    if (!poses || poses->size() == frames * kPoseSize) return poses;
    return insertFace(*poses, poses->size() / frames);
}

Result<std::vector<float>> readTranslations(const NpzFields& fields, std::size_t frames) {
    if (!fields.contains("trans")) return std::vector<float>(3 * frames, 0.0F);
    const std::array<WantedSize, 2> wanted{frames, 3};
    return fields.numbers<float>("trans", wanted,
                                 fmt::format("({}, 3), as 'poses' has {} frames", frames, frames));
}

/// (frames, n) to (frames, 100), zeros behind.
std::vector<float> padExpressions(const std::vector<float>& values, std::size_t frames) {
    const std::size_t columns = values.size() / frames;
    std::vector<float> result(frames * kExpressionCount, 0.0F);
    for (std::size_t frame = 0; frame < frames; ++frame)
        std::copy_n(values.data() + frame * columns, columns,
                    result.data() + frame * kExpressionCount);
    return result;
}

Result<std::vector<float>> readExpressions(const NpzFields& fields, std::size_t frames) {
    if (!fields.contains("expressions")) return std::vector<float>{};
    const auto words = fmt::format("({}, {}) or have fewer columns, as 'poses' has {} frames",
                                   frames, kExpressionCount, frames);
    auto shape = fields.shapeOf("expressions");
    if (!shape) return std::move(shape).error();
    if (shape->size() != 2 || shape->at(1) > kExpressionCount)
        return fields.wrongArray("expressions", "should be " + words);
    const std::array<WantedSize, 2> wanted{frames, std::nullopt};
    auto values = fields.numbers<float>("expressions", wanted, words);
    if (!values || shape->at(1) == kExpressionCount) return values;
    return padExpressions(*values, frames);
}

Result<std::vector<float>> readBetas(const NpzFields& fields, std::size_t frames) {
    if (!fields.contains("betas")) return std::vector<float>{};
    auto shape = fields.shapeOf("betas");
    if (!shape) return std::move(shape).error();
    const bool rows = shape->size() == 2 && (shape->front() == 1 || shape->front() == frames);
    if ((shape->size() != 1 && !rows) || shape->back() > kMaxBetas)
        return fields.wrongArray("betas", "should be one row of at most 1000 numbers");
    const std::vector<WantedSize> any(shape->size());
    auto betas = fields.numbers<float>("betas", any, "numbers");
    if (betas) betas->resize(shape->back());
    return betas;
}

Result<FrameRate> readRate(const NpzFields& fields) {
    const auto* const name =
        std::find_if(kRateNames.begin(), kRateNames.end(),
                     [&](std::string_view one) { return fields.contains(one); });
    if (name == kRateNames.end())
        return fields.wrongFile("it does not say its frame rate; add 'mocap_frame_rate', one "
                                "number.");
    auto number = fields.scalar<double>(*name);
    if (!number) return std::move(number).error();
    if (const auto rate = frameRateFromNumber(*number)) return *rate;
    return fields.wrongFile(
        fmt::format("'{}' is {}, but should lie between 1 and 1000.", *name, *number));
}

Result<motion::ExpressionSpace> readExpressionSpace(const NpzFields& fields) {
    if (!fields.contains("expression_space")) return motion::ExpressionSpace::Smplx;
    auto text = fields.text("expression_space");
    if (!text) return std::move(text).error();
    for (const auto space : {motion::ExpressionSpace::Smplx, motion::ExpressionSpace::Arkit52})
        if (*text == nameOf(space)) return space;
    return fields.wrongFile(fmt::format(
        "'expression_space' is '{}'; this program knows 'smplx' and 'arkit52'.", *text));
}

/// The text of that name. Other programs write None or objects here: those leave `text` as it is.
void readLabel(const NpzFields& fields, std::string_view name, std::string& text) {
    if (!fields.contains(name)) return;
    if (auto label = fields.text(name)) text = std::move(*label);
}

/// Whether the motion has z upwards. AMASS does and names no axes: it is told by its other arrays,
/// and files that do not say what model they are for by where the body points on average.
bool hasZUp(const NpzFields& fields, const std::vector<float>& poses) {
    constexpr std::array<std::string_view, 5> kOfAmass{"dmpls", "root_orient", "pose_body",
                                                       "surface_model_type", "marker_data"};
    if (std::any_of(kOfAmass.begin(), kOfAmass.end(),
                    [&](std::string_view name) { return fields.contains(name); }))
        return true;
    if (fields.contains("model")) return false;
    constexpr float kUpright = 0.7F;
    Eigen::Vector3f up = Eigen::Vector3f::Zero();
    for (std::size_t i = 0; i < poses.size(); i += kPoseSize)
        up += rodriguesMatrix({poses[i], poses[i + 1], poses[i + 2]}).col(1);
    return up.z() > kUpright * static_cast<float>(poses.size() / kPoseSize);
}

/// From z up to y up: a quarter turn about x. The pelvis of the T-pose does not lie at the origin,
/// so turning the body about it and turning what is added to it are not the same.
void standUp(Clip::Data& data) {
    const Eigen::AngleAxisf quarter(-std::numbers::pi_v<float> / 2, Eigen::Vector3f::UnitX());
    const auto rest = motion::averageRestJoints();
    const Eigen::Vector3f pelvis(rest[0], rest[1], rest[2]);
    for (std::size_t i = 0; i < data.poses.size(); i += kPoseSize) {
        Eigen::Map<Eigen::Vector3f> root(&data.poses[i]);
        const float angle = root.norm();
        const Eigen::Vector3f axis =
            angle > 0 ? Eigen::Vector3f(root / angle) : Eigen::Vector3f::UnitX();
        const Eigen::AngleAxisf turned(Eigen::Quaternionf(quarter) *
                                       Eigen::Quaternionf(Eigen::AngleAxisf(angle, axis)));
        root = turned.angle() * turned.axis();
        Eigen::Map<Eigen::Vector3f> moved(&data.translations[i / kPoseSize * 3]);
        moved = quarter * (moved + pelvis) - pelvis;
    }
}

Status readInto(const NpzFields& fields, Clip::Data& data) {
    auto frames = countFrames(fields);
    if (!frames) return std::move(frames).error();
    auto rate = readRate(fields);
    if (!rate) return std::move(rate).error();
    auto space = readExpressionSpace(fields);
    if (!space) return std::move(space).error();
    auto translations = readTranslations(fields, *frames);
    if (!translations) return std::move(translations).error();
    auto expressions = readExpressions(fields, *frames);
    if (!expressions) return std::move(expressions).error();
    auto betas = readBetas(fields, *frames);
    if (!betas) return std::move(betas).error();
    auto poses = readPoses(fields, *frames);
    if (!poses) return std::move(poses).error();
    data.poses = std::move(*poses);
    data.translations = std::move(*translations);
    data.expressions = std::move(*expressions);
    data.betas = std::move(*betas);
    data.rate = *rate;
    data.expressionSpace = *space;
    if (hasZUp(fields, data.poses)) standUp(data);
    readLabel(fields, "gender", data.gender);
    readLabel(fields, "model", data.model);
    return Status::success();
}

NpyArray rateArray(FrameRate rate) {
    if (rate.denominator == 1) return NpyArray::scalar<std::int32_t>(rate.numerator);
    return NpyArray::scalar<double>(rate.perSecond());
}

NpyArray betasArray(std::span<const float> betas) {
    std::vector<float> padded(betas.begin(), betas.end());
    padded.resize(std::max(padded.size(), kBetasOfBeat2), 0.0F);
    return NpyArray::from<float>(padded, {padded.size()});
}

} // namespace

std::optional<FrameRate> frameRateFromNumber(double framesPerSecond) {
    constexpr double kTolerance = 1e-6;
    constexpr double kNtscTolerance = 0.005; // 23.98 stands for 24000/1001 = 23.976…
    if (!(framesPerSecond >= 1.0 && framesPerSecond <= 1000.0)) return std::nullopt;
    const double whole = std::round(framesPerSecond);
    if (std::abs(framesPerSecond - whole) < kTolerance)
        return FrameRate{static_cast<std::int32_t>(whole), 1};
    const auto nominal = static_cast<std::int32_t>(std::round(framesPerSecond * 1.001));
    const bool video = nominal == 24 || nominal % 30 == 0;
    if (video && std::abs(framesPerSecond - nominal / 1.001) < kNtscTolerance)
        return FrameRate{nominal * 1000, 1001};
    const auto thousandths = static_cast<std::int32_t>(std::round(framesPerSecond * 1000.0));
    const std::int32_t divisor = std::gcd(thousandths, 1000);
    return FrameRate{thousandths / divisor, 1000 / divisor};
}

Result<Clip> readMotionFile(const std::filesystem::path& path) {
    auto fields = NpzFields::open(path);
    if (!fields) return std::move(fields).error();
    Clip::Data data;
    if (auto read = readInto(*fields, data); !read) return std::move(read).error();
    auto clip = Clip::create(std::move(data));
    if (!clip) return std::move(clip).error().withContext("'" + path.string() + "'");
    return clip;
}

Status writeMotionFile(const std::filesystem::path& path, const Clip& clip,
                       const std::string& provenance) {
    const auto frames = static_cast<std::size_t>(clip.frameCount());
    std::vector<std::pair<std::string, NpyArray>> arrays;
    arrays.emplace_back("betas", betasArray(clip.betas()));
    arrays.emplace_back("poses", NpyArray::from<float>(clip.poses(), {frames, kPoseSize}));
    arrays.emplace_back("expressions",
                        NpyArray::from<float>(clip.expressions(), {frames, kExpressionCount}));
    arrays.emplace_back("trans", NpyArray::from<float>(clip.translations(), {frames, 3}));
    arrays.emplace_back("model", NpyArray::fromString(clip.model()));
    arrays.emplace_back("gender", NpyArray::fromString(clip.gender()));
    arrays.emplace_back("mocap_frame_rate", rateArray(clip.rate()));
    if (clip.expressionSpace() != motion::ExpressionSpace::Smplx)
        arrays.emplace_back("expression_space",
                            NpyArray::fromString(nameOf(clip.expressionSpace())));
    if (!provenance.empty()) arrays.emplace_back("provenance", NpyArray::fromString(provenance));
    return writeNpz(path, arrays);
}

Result<std::string> readMotionProvenance(const std::filesystem::path& path) {
    auto fields = NpzFields::open(path);
    if (!fields) return std::move(fields).error();
    if (!fields->contains("provenance")) return std::string();
    return fields->text("provenance", kMaxProvenanceBytes);
}

} // namespace gesture::io
