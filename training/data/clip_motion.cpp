// SPDX-License-Identifier: Apache-2.0
#include "training/data/clip_motion.h"

#include "core/io/motion_file.h"
#include "core/io/npz_fields.h"

#include <fmt/format.h>
#include <utility>

namespace gesture::training {

namespace {

constexpr int kRate = 30;
constexpr std::size_t kHandNumbers = 45;

Result<std::vector<float>> componentsOf(const io::NpzFields& fields, std::string_view name) {
    if (!fields.contains(name))
        return fields.wrongFile("it has no 'hands_componentsl' and 'hands_componentsr'. SHOW's "
                                "hands need SMPL-X's own file: give it as 'body_model'.");
    constexpr std::array<io::WantedSize, 2> kWanted{std::nullopt, kHandNumbers};
    auto all = fields.numbers<float>(name, kWanted, "(components, 45)");
    if (!all) return all;
    if (all->size() < HandComponents::kCount * kHandNumbers)
        return fields.wrongArray(name, "at least 12 components are needed");
    all->resize(HandComponents::kCount * kHandNumbers);
    return all;
}

/// Every `step`-th row.
std::vector<float> everyRow(std::span<const float> values, std::size_t width, std::size_t step) {
    std::vector<float> taken;
    taken.reserve((values.size() / (width * step) + 1) * width);
    for (std::size_t row = 0; row < values.size(); row += width * step)
        taken.insert(taken.end(), values.begin() + static_cast<std::ptrdiff_t>(row),
                     values.begin() + static_cast<std::ptrdiff_t>(row + width));
    return taken;
}

Result<motion::Clip> at30(motion::Clip clip) {
    const FrameRate rate = clip.rate();
    if (rate.denominator != 1 || rate.numerator % kRate != 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("The motion has {:g} frames a second; training takes 30 or a "
                                 "multiple of it.",
                                 rate.perSecond())};
    if (rate.numerator == kRate) return clip;
    const auto step = static_cast<std::size_t>(rate.numerator / kRate);
    motion::Clip::Data data;
    data.poses = everyRow(clip.poses(), motion::kPoseSize, step);
    data.translations = everyRow(clip.translations(), 3, step);
    data.expressions = everyRow(clip.expressions(), motion::kExpressionCount, step);
    data.betas.assign(clip.betas().begin(), clip.betas().end());
    data.expressionSpace = clip.expressionSpace();
    data.gender = clip.gender();
    data.model = clip.model();
    return motion::Clip::create(std::move(data));
}

} // namespace

Result<HandComponents> readHandComponents(const std::filesystem::path& bodyModel) {
    const auto fields = io::NpzFields::open(bodyModel);
    if (!fields) return fields.error();
    auto left = componentsOf(*fields, "hands_componentsl");
    if (!left) return std::move(left).error();
    auto right = componentsOf(*fields, "hands_componentsr");
    if (!right) return std::move(right).error();
    return HandComponents{std::move(*left), std::move(*right)};
}

Result<motion::Clip> readClipMotion(const CorpusRecording& clip, const HandComponents* hands) {
    const bool pickled = clip.motion.extension() == ".pkl";
    if (pickled && hands == nullptr)
        return Error{ErrorCode::InvalidInput,
                     "The hands are written in SMPL-X's components. Give SMPL-X's own file as "
                     "'body_model'."};
    auto motion = pickled ? readShowMotion(clip.motion, *hands) : io::readMotionFile(clip.motion);
    if (!motion) return motion;
    return at30(std::move(*motion));
}

} // namespace gesture::training
