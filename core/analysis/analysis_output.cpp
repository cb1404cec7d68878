// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis_output.h"

#include "core/base/job.h"
#include "core/io/figures/figure_files.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::analysis {

namespace {

using Files = std::vector<io::NamedContent>;

std::vector<io::FigureRange> pages(const inference::Analysis& analysis, Seconds longest, int most) {
    const Seconds duration = inference::kAnalysisRate.timeOf(FrameIndex{analysis.frames()});
    return io::pagesOf(duration, {std::max(longest.value, duration.value / most)});
}

std::string mapFileName(const inference::MapChoice& choice) {
    std::string name = fmt::format("attention-{}", motion::nameOf(choice.part));
    if (choice.layer) name += fmt::format("-layer-{}", *choice.layer + 1);
    if (choice.head) name += fmt::format("-head-{}", *choice.head + 1);
    return name;
}

std::vector<inference::MapChoice> chosenMaps(const inference::Analysis& analysis,
                                             const OutputOptions& options) {
    if (!options.maps.empty() || analysis.layers().empty()) return options.maps;
    std::vector<inference::MapChoice> maps;
    for (const motion::BodyPart part : analysis.parts())
        maps.push_back({part, {}, {}});
    return maps;
}

/// Collects the files of figures whose pages are drawn one by one.
class FigureJob {
public:
    FigureJob(const OutputOptions& options, JobControl& control)
        : options_(options)
        , control_(control) {}

    /// `draw` makes the figure of a range.
    template <typename Draw>
    Status add(const std::string& name, const std::vector<io::FigureRange>& ranges, Draw&& draw) {
        control_.beginStage("Drawing " + name, static_cast<std::int64_t>(ranges.size()));
        std::vector<io::Figure> figures;
        for (const io::FigureRange& range : ranges) {
            if (control_.stopRequested()) return JobControl::cancelled("Drawing figures");
            Result<io::Figure> figure = draw(range);
            if (!figure) return std::move(figure).error();
            figures.push_back(std::move(*figure));
            control_.advanceTo(static_cast<std::int64_t>(figures.size()));
        }
        auto files = io::figureFiles(name, figures, options_.pixelsPerInch);
        if (!files) return std::move(files).error();
        std::move(files->begin(), files->end(), std::back_inserter(files_));
        return Status::success();
    }

    [[nodiscard]] const Files& files() const { return files_; }

private:
    const OutputOptions& options_;
    JobControl& control_;
    Files files_;
};

FrameRange framesOf(const io::FigureRange& range) {
    const double rate = inference::kAnalysisRate.perSecond();
    return {FrameIndex{std::llround(range.begin.value * rate)},
            FrameIndex{std::llround(range.end.value * rate)}};
}

Status drawMaps(FigureJob& job, const inference::Analysis& analysis, const ClipFacts& facts,
                const OutputOptions& options) {
    const auto ranges = pages(analysis, options.attentionPage, options.maxPages);
    for (const inference::MapChoice& choice : chosenMaps(analysis, options)) {
        auto drawn = job.add(
            mapFileName(choice), ranges, [&](const io::FigureRange& range) -> Result<io::Figure> {
                auto figure = attentionFigureOf(analysis, facts, choice, framesOf(range));
                if (!figure) return std::move(figure).error();
                figure->colours = options.colours;
                return io::drawAttention(*figure);
            });
        if (!drawn) return drawn;
    }
    return Status::success();
}

} // namespace

Result<std::vector<std::string>> writeAnalysis(const inference::Analysis& analysis,
                                               const ClipFacts& facts,
                                               const std::filesystem::path& folder,
                                               const OutputOptions& options, JobControl& control) {
    FigureJob job(options, control);
    io::OverviewFigure overview = overviewOf(analysis, facts);
    overview.colours = options.colours;
    const auto ranges = pages(analysis, options.overviewPage, options.maxPages);
    auto drawn = job.add("overview", ranges, [&](const io::FigureRange& range) {
        return Result<io::Figure>(io::drawOverview(overview, range));
    });
    if (!drawn) return std::move(drawn).error();
    if (auto maps = drawMaps(job, analysis, facts, options); !maps) return std::move(maps).error();
    return io::writeAnalysisFiles(folder, filesOf(analysis, facts), job.files());
}

} // namespace gesture::analysis
