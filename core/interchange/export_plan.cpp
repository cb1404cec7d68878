// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/export_plan.h"

#include "core/base/utf8.h"
#include "core/interchange/clip_resample.h"
#include "core/interchange/file_names.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr double kSameFrame = 1e-6;

/// Bytes of the name's end that say the format; the longest that fits.
std::size_t endingSize(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    for (const ExportFormatInfo& info : exportFormats()) {
        const std::size_t size = info.ending.size();
        if (name.size() <= size) continue;
        // One character before the end: names that are nothing but an ending have no format.
        if (exportFormatOf(name.substr(name.size() - size - 1)) == info.format &&
            name[name.size() - size] == '.')
            return size;
    }
    return 0;
}

/// "walk.arkit.csv" and "Hello there" make "walk-Hello there.arkit.csv".
std::filesystem::path segmentPath(const std::filesystem::path& output, const std::string& segment) {
    const std::string file = output.filename().string();
    const std::size_t stem = file.size() - endingSize(output);
    std::string name = fileName(segment, "segment");
    std::replace(name.begin(), name.end(), '/', '_');
    return output.parent_path() /
           fmt::format("{}-{}{}", file.substr(0, stem), name, file.substr(stem));
}

std::int64_t samplesOf(FrameRange range, FrameRate from, FrameRate to) {
    const double samples =
        static_cast<double>(range.length() - 1) * to.perSecond() / from.perSecond();
    return static_cast<std::int64_t>(std::floor(samples + kSameFrame)) + 1;
}

/// Names that segments have already get a number.
std::vector<ExportSegment> namedOnce(std::vector<ExportSegment> segments) {
    std::set<std::string> taken;
    for (ExportSegment& segment : segments) {
        const std::string wanted = segment.name.empty() ? "segment" : segment.name;
        segment.name = wanted;
        for (int number = 2; !taken.insert(segment.name).second; ++number)
            segment.name = fmt::format("{} {}", wanted, number);
    }
    return segments;
}

Status addItems(ExportPlan& plan, const motion::Clip& clip, const ExportRequest& request,
                const ExportSegment* segment) {
    const FrameRange all{{0}, {clip.frameCount()}};
    const FrameRange range =
        segment != nullptr ? segment->range : request.settings.range.value_or(all);
    const FrameRate rate = request.settings.rate.value_or(clip.rate());
    if (Status possible = checkTiming(clip, range, rate); !possible) {
        if (segment == nullptr) return possible;
        return std::move(possible).error().withContext(
            fmt::format("Segment '{}'", shownText(segment->name)));
    }
    for (const std::filesystem::path& output : request.outputs) {
        const auto format = exportFormatOf(output);
        if (!format)
            return Error{ErrorCode::Usage, fmt::format("'{}': motion is exported as {}.",
                                                       output.string(), exportEndingList())};
        ExportItem item{output, *format, request.name, range, rate, 0};
        if (segment != nullptr) {
            item.path = segmentPath(output, segment->name);
            item.name = segment->name;
        }
        if (*format == ExportFormat::Motion) item.rate = motionFileRate(rate);
        item.frames = samplesOf(range, clip.rate(), item.rate);
        plan.items.push_back(std::move(item));
    }
    return Status::success();
}

bool holds(const ExportPlan& plan, bool (*wanted)(const ExportItem&)) {
    return std::any_of(plan.items.begin(), plan.items.end(), wanted);
}

void addNotes(ExportPlan& plan, const motion::Clip& clip, const io::Avatar& avatar) {
    const bool meshes = plan.settings.mesh && holds(plan, [](const ExportItem& item) {
                            return infoOf(item.format).mesh;
                        });
    if (meshes && avatar.expressionNames.empty())
        plan.notes.push_back(fmt::format(
            "The file will hold the mesh of an SMPL-X body, which may not be passed on without a "
            "licence ({}); --no-mesh leaves it out.",
            avatar.licence.empty() ? "see the body's own terms" : avatar.licence));
    for (const ExportItem& item : plan.items) {
        if (item.format != ExportFormat::Motion) continue;
        const FrameRate wanted = plan.settings.rate.value_or(clip.rate());
        if (item.rate != wanted)
            plan.notes.push_back(
                fmt::format("'{}' is written at {} frames a second: programs that read this format "
                            "take whole multiples of 30 only.",
                            item.path.filename().string(), item.rate.perSecond()));
        if (plan.settings.face && clip.expressionSpace() == motion::ExpressionSpace::Arkit52)
            plan.notes.push_back(fmt::format(
                "The face in '{}' is in ARKit's units ('expression_space' says so); programs that "
                "do not know them take them for SMPL-X expressions. --no-face leaves it still.",
                item.path.filename().string()));
        break;
    }
}

} // namespace

Result<ExportPlan> planExport(const motion::Clip& clip, const io::Avatar& avatar,
                              const ExportRequest& request) {
    if (!request.segments.empty() && request.settings.range)
        return Error{ErrorCode::Usage, "Segments have their own ranges: give one or the other."};
    ExportPlan plan;
    plan.settings = request.settings;
    if (request.segments.empty()) {
        if (Status added = addItems(plan, clip, request, nullptr); !added)
            return std::move(added).error();
    }
    for (const ExportSegment& segment : namedOnce(request.segments))
        if (Status added = addItems(plan, clip, request, &segment); !added)
            return std::move(added).error();
    std::set<std::filesystem::path> paths;
    for (const ExportItem& item : plan.items)
        if (!paths.insert(item.path.lexically_normal()).second)
            return Error{ErrorCode::Usage,
                         fmt::format("'{}' would be written twice.", item.path.string())};
    addNotes(plan, clip, avatar);
    return plan;
}

std::vector<std::string> describe(const ExportPlan& plan) {
    std::vector<std::string> lines;
    for (const ExportItem& item : plan.items) {
        const ExportFormatInfo& info = infoOf(item.format);
        std::string line = fmt::format("{}: {}, {} frame{} at {:.6g} fps ({:.2f} s)",
                                       item.path.filename().string(), info.what, item.frames,
                                       item.frames == 1 ? "" : "s", item.rate.perSecond(),
                                       static_cast<double>(item.frames) / item.rate.perSecond());
        if (info.mesh && !plan.settings.mesh) line += ", without mesh";
        if (info.face && !plan.settings.face) line += ", without face";
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace gesture::interchange
