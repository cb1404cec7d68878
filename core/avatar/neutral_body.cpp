// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/neutral_body.h"

#include <fmt/format.h>

#include <string>

namespace gesture::avatar {

namespace {

constexpr double kHeight = 1.72;              ///< Metres, of the naked body.
constexpr Eigen::Index kBodyVertices = 13380; ///< The obj starts with the naked body.
constexpr Eigen::Index kTeethBegin = 14992;
constexpr Eigen::Index kTeethCount = 136;
constexpr double kTeethScaleX = 0.82; ///< Else they show at the lip corners.
constexpr double kTeethBack = 0.004;  ///< Metres.
constexpr double kHeightShare = 0.35; ///< Of MakeHuman's extremes, at slider value 1.
constexpr std::array<std::string_view, 3> kAncestries = {"african", "asian", "caucasian"};
constexpr std::array<std::string_view, 2> kSexes = {"female", "male"};

/// Finds and mixes targets.
class Mixer {
public:
    explicit Mixer(const FreeAvatarSources& sources)
        : sources_(sources) {}

    const Points64& target(const std::string& name) const { return sources_.target(name); }

    /// Mean of the ancestries plus the universal average figure of that sex and age.
    Points64 figure(std::string_view sex, std::string_view age) const {
        Points64 sum = target(
            fmt::format("macrodetails/universal-{}-{}-averagemuscle-averageweight", sex, age));
        for (const auto ancestry : kAncestries) {
            sum += target(fmt::format("macrodetails/{}-{}-{}", ancestry, sex, age)) / 3.0;
        }
        return sum;
    }

    /// Mean of a target over both sexes; its name is `before`, the sex, `after`.
    Points64 meanOfSexes(const std::string& before, const std::string& after) const {
        return 0.5 * (target(fmt::format("{}{}{}", before, kSexes[0], after)) +
                      target(fmt::format("{}{}{}", before, kSexes[1], after)));
    }
    Points64 meanFigure(std::string_view age) const {
        return 0.5 * (figure(kSexes[0], age) + figure(kSexes[1], age));
    }

    /// share * (more - less), means of both sexes.
    Points64 span(const std::string& before, const std::string& more, const std::string& less,
                  double share) const {
        return share * (meanOfSexes(before, more) - meanOfSexes(before, less));
    }
    /// share * (incr - decr) of a measure.
    Points64 measure(const std::string& name, double share) const {
        return share * (target(name + "-incr") - target(name + "-decr"));
    }

private:
    const FreeAvatarSources& sources_;
};

} // namespace

NeutralBody makeNeutralBody(const FreeAvatarSources& sources) {
    const Points64 neutral = sources.mesh.vertices + Mixer(sources).meanFigure("young");
    const auto bodyY = neutral.col(1).head(kBodyVertices);
    NeutralBody body;
    body.metresPerUnit = kHeight / (bodyY.maxCoeff() - bodyY.minCoeff());
    body.restMesh = body.metresPerUnit * neutral;
    auto teeth = body.restMesh.middleRows(kTeethBegin, kTeethCount);
    teeth.col(0) *= kTeethScaleX;
    teeth.col(2).array() -= kTeethBack;
    return body;
}

std::vector<ShapeOffset> makeShapeOffsets(const FreeAvatarSources& sources) {
    const Mixer mix(sources);
    const std::string universal = "macrodetails/universal-";
    const std::string height = "macrodetails/height/";
    const std::string proportions = "macrodetails/proportions/";
    const std::string average = "-young-averagemuscle-averageweight-";
    std::vector<ShapeOffset> shapes;
    shapes.push_back(
        {"gender", 0.5 * (mix.figure("male", "young") - mix.figure("female", "young"))});
    shapes.push_back({"height", mix.span(height, average + "maxheight", average + "minheight",
                                         0.5 * kHeightShare)});
    shapes.push_back({"weight", mix.span(universal, "-young-averagemuscle-maxweight",
                                         "-young-averagemuscle-minweight", 0.5)});
    shapes.push_back({"muscle", mix.span(universal, "-young-maxmuscle-averageweight",
                                         "-young-minmuscle-averageweight", 0.5)});
    shapes.push_back({"age", mix.meanFigure("old") - mix.meanFigure("young")});
    shapes.push_back({"proportions", mix.span(proportions, average + "idealproportions",
                                              average + "uncommonproportions", 0.5)});
    shapes.push_back({"shoulder_width", mix.measure("torso/measure-shoulder-dist", 0.5)});
    shapes.push_back({"leg_length", mix.measure("legs/upperlegs-height", 0.25) +
                                        mix.measure("legs/lowerlegs-height", 0.25)});
    shapes.push_back({"arm_length", mix.measure("arms/measure-upperarm-length", 0.5) +
                                        mix.measure("arms/measure-lowerarm-length", 0.5)});
    shapes.push_back({"head_size", mix.measure("head/head-scale-horiz", 0.5) +
                                       mix.measure("head/head-scale-vert", 0.5) +
                                       mix.measure("head/head-scale-depth", 0.5)});
    return shapes;
}

} // namespace gesture::avatar
