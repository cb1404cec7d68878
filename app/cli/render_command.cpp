// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/frame_drawing.h"
#include "app/cli/picture_sequence.h"
#include "app/cli/render_session.h"
#include "core/base/timecode.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace gesture::app {

namespace {

enum class Backdrop { Dark, Light, Transparent };

/// The command's arguments as they were typed.
struct Arguments {
    RenderRequest request;
    std::vector<std::string> outputs;
    std::string size = "1280x720";
    std::string frame;
    std::string range;
    Backdrop backdrop = Backdrop::Dark;
    std::optional<render::RenderQuality> quality;
    bool follow = false;
    bool noGrid = false;
};

Status parseSize(const std::string& text, RenderRequest& request) {
    const char* begin = text.data();
    const char* end = begin + text.size();
    const auto [cross, failed] = std::from_chars(begin, end, request.width);
    const bool hasCross = failed == std::errc{} && cross != end && *cross == 'x';
    const auto [rest, failedToo] = std::from_chars(hasCross ? cross + 1 : end, end, request.height);
    const auto fits = [](int side) { return side >= 16 && side <= render::kMaxImageSide; };
    if (hasCross && failedToo == std::errc{} && rest == end && fits(request.width) &&
        fits(request.height))
        return Status::success();
    return Error{ErrorCode::Usage,
                 fmt::format("'{}' is no picture size: give WIDTHxHEIGHT, each 16 to {}, for "
                             "example 1920x1080.",
                             text, render::kMaxImageSide)};
}

void applyBackdrop(Backdrop backdrop, render::SceneStyle& style) {
    style.transparentBackground = backdrop == Backdrop::Transparent;
    if (backdrop == Backdrop::Dark) return;
    style.backgroundCentre = render::rgbFromHex(0xE9EBEE);
    style.backgroundEdge = render::rgbFromHex(0xC6CBD2);
    style.gridColour = render::rgbFromHex(0xAAB1BB);
    style.boneColour = render::rgbFromHex(0x5D6571);
    style.jointColour = render::rgbFromHex(0x4052D6);
    style.wireColour = render::rgbFromHex(0x4052D6);
}

/// The frames to draw: --frame, --range, or all. Checked against the clip.
Result<FrameRange> chooseFrames(const Arguments& arguments, const motion::Clip& clip) {
    const FrameIndex last{clip.frameCount() - 1};
    FrameRange range{{0}, {clip.frameCount()}};
    if (!arguments.frame.empty()) {
        std::string text = arguments.frame;
        // A bare whole number is a frame here, as the option's name says.
        if (text.find_first_not_of("0123456789") == std::string::npos) text += 'f';
        auto frame = parsePosition(text, clip.rate());
        if (!frame) return std::move(frame).error();
        range = {*frame, *frame + 1};
    } else if (!arguments.range.empty()) {
        auto parsed = parseRange(arguments.range, clip.rate());
        if (!parsed) return std::move(parsed).error();
        range = *parsed;
    }
    if (range.begin > last || range.end > last + 1)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' has frames 0 to {}; {} to {} was asked for.",
                                 arguments.request.motion.string(), last.value, range.begin.value,
                                 range.end.value - 1)};
    return range;
}

Status drawPictures(RenderSession& session, const std::filesystem::path& output, FrameRange range,
                    Console& console) {
    auto sequence = PictureSequence::create(output);
    if (!sequence) return std::move(sequence).error();
    auto drawn =
        drawFrames(session, range, console, [&](FrameIndex frame, const render::Image& picture) {
            return sequence->append(frame, picture);
        });
    if (!drawn) return drawn;
    sequence->keep();
    return Status::success();
}

Status drawPicture(RenderSession& session, const std::filesystem::path& output, FrameIndex frame) {
    auto image = session.draw(frame);
    if (!image) return std::move(image).error();
    return render::writePng(output, **image);
}

/// Checks the name before anything is read, so that a slip costs no waiting.
Status checkOutput(const std::filesystem::path& output, const Arguments& arguments) {
    const std::string extension = output.extension().string();
    if (extension == ".mp4" || extension == ".webm") return Status::success();
    if (extension != ".png")
        return Error{ErrorCode::Usage, fmt::format("'{}': pictures are .png, videos .mp4 or .webm.",
                                                   output.string())};
    if (PictureSequence::isPattern(output)) {
        auto sequence = PictureSequence::create(output);
        return sequence ? Status::success() : Status(std::move(sequence).error());
    }
    if (arguments.frame.empty())
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' is one picture: say which with --frame N, or give a name "
                                 "such as frame-%05d.png for all of them.",
                                 output.string())};
    return Status::success();
}

/// Single pictures are as good as can be; on a machine without a graphics card many pictures are
/// drawn as the studio's viewport does it, some ten times faster.
render::RenderQuality chooseQuality(const Arguments& arguments, const RenderSession& session,
                                    FrameRange range) {
    using render::RenderQuality;
    if (arguments.quality) return *arguments.quality;
    constexpr std::int64_t kManyPictures = 30;
    return session.drawsOnProcessor() && range.length() > kManyPictures ? RenderQuality::Interactive
                                                                        : RenderQuality::High;
}

Status drawOne(RenderSession& session, const Arguments& arguments, const std::string& output,
               FrameRange range, Console& console) {
    session.frameCamera(range);
    session.setQuality(chooseQuality(arguments, session, range));
    const std::string extension = std::filesystem::path(output).extension().string();
    Status drawn =
        extension != ".png" ? drawVideo(session, arguments.request, output, range, console)
        : PictureSequence::isPattern(output) ? drawPictures(session, output, range, console)
                                             : drawPicture(session, output, range.begin);
    if (!drawn) return drawn;
    console.object({{"output", output}, {"frames", range.length()}});
    console.line(fmt::format("Wrote {} ({} frame{}).", output, range.length(),
                             range.length() == 1 ? "" : "s"));
    return Status::success();
}

Status runRender(Arguments arguments, Console& console) {
    if (auto size = parseSize(arguments.size, arguments.request); !size) return size;
    for (const std::string& output : arguments.outputs)
        if (auto checked = checkOutput(output, arguments); !checked) return checked;
    std::error_code ignored;
    if (!arguments.request.audio.empty() &&
        !std::filesystem::exists(arguments.request.audio, ignored))
        return Error{ErrorCode::NotFound,
                     fmt::format("There is no file '{}'.", arguments.request.audio.string())};
    applyBackdrop(arguments.backdrop, arguments.request.style);
    arguments.request.style.showGrid = !arguments.noGrid;
    if (arguments.follow) arguments.request.cameraMotion = CameraMotion::Follow;
    auto session = RenderSession::open(arguments.request, console);
    if (!session) return std::move(session).error();
    auto range = chooseFrames(arguments, (*session)->clip());
    if (!range) return std::move(range).error();
    for (const std::string& output : arguments.outputs)
        if (auto drawn = drawOne(**session, arguments, output, *range, console); !drawn)
            return drawn;
    return Status::success();
}

template <typename Value>
CLI::CheckedTransformer named(const std::map<std::string, Value>& names) {
    return CLI::CheckedTransformer(names, CLI::ignore_case);
}

} // namespace

void addRenderCommand(CLI::App& app, const ChooseCommand& choose) {
    using render::CameraPreset;
    using render::Shading;
    CLI::App* command =
        app.add_subcommand("render", "Draw a motion on the avatar: picture or video");
    auto arguments = std::make_shared<Arguments>();
    RenderRequest& request = arguments->request;
    command->add_option("MOTION", request.motion, "Motion file (.npz)")->required();
    command
        ->add_option("-o,--output", arguments->outputs,
                     "frame.png, frames/f-%05d.png, clip.mp4, clip.webm; may be repeated")
        ->required();
    command->add_option("--audio", request.audio, "Sound for the video (and for the mouth)");
    command->add_option("--avatar", request.avatar, "Avatar file in SMPL-X layout");
    command->add_option("--size", arguments->size, "WIDTHxHEIGHT")->capture_default_str();
    command->add_option("--camera", request.camera, "View")
        ->transform(named<CameraPreset>({{"front", CameraPreset::Front},
                                         {"three-quarter", CameraPreset::ThreeQuarter},
                                         {"side", CameraPreset::Side},
                                         {"back", CameraPreset::Back},
                                         {"hands", CameraPreset::Hands},
                                         {"face", CameraPreset::Face}}));
    command->add_flag("--follow", arguments->follow, "The camera goes with the body");
    CLI::Option* frame =
        command->add_option("--frame", arguments->frame, "One frame: its number, or a time (2.5s)");
    command->add_option("--range", arguments->range, "START-END in seconds or frames (75f-120f)")
        ->excludes(frame);
    command->add_option("--style", request.style.shading, "How the body is drawn")
        ->transform(named<Shading>({{"shaded", Shading::Shaded},
                                    {"skeleton", Shading::Skeleton},
                                    {"both", Shading::Both},
                                    {"wire", Shading::Wire}}));
    command->add_option("--background", arguments->backdrop, "dark, light or transparent")
        ->transform(named<Backdrop>({{"dark", Backdrop::Dark},
                                     {"light", Backdrop::Light},
                                     {"transparent", Backdrop::Transparent}}));
    command
        ->add_option_function<render::RenderQuality>(
            "--quality", [=](render::RenderQuality quality) { arguments->quality = quality; },
            "high or fast; by default high, but fast for long videos without a graphics card")
        ->transform(named<render::RenderQuality>(
            {{"high", render::RenderQuality::High}, {"fast", render::RenderQuality::Interactive}}));
    command->add_flag("--no-grid", arguments->noGrid, "No lines on the floor");
    command->callback(
        [=] { choose([=](Console& console) { return runRender(*arguments, console); }); });
}

} // namespace gesture::app
