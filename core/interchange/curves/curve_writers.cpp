// SPDX-License-Identifier: Apache-2.0
#include "core/interchange/curves/curve_writers.h"

#include "core/avatar/face_units.h"
#include "core/interchange/file_names.h"
#include "core/interchange/scene_pose.h"
#include "core/interchange/text_output.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

namespace gesture::interchange {

namespace {

constexpr int kDecimals = 6;
constexpr int kTimeDecimals = 6;
constexpr int kUnitDecimals = 6;
constexpr std::int64_t kFramesPerReport = 64;
constexpr std::size_t kUnits = avatar::kFaceUnitCount;

/// Live Link Face's columns; they differ from the alphabet.
constexpr std::array<std::string_view, kUnits> kLiveLinkUnits{"EyeBlinkLeft",
                                                              "EyeLookDownLeft",
                                                              "EyeLookInLeft",
                                                              "EyeLookOutLeft",
                                                              "EyeLookUpLeft",
                                                              "EyeSquintLeft",
                                                              "EyeWideLeft",
                                                              "EyeBlinkRight",
                                                              "EyeLookDownRight",
                                                              "EyeLookInRight",
                                                              "EyeLookOutRight",
                                                              "EyeLookUpRight",
                                                              "EyeSquintRight",
                                                              "EyeWideRight",
                                                              "JawForward",
                                                              "JawRight",
                                                              "JawLeft",
                                                              "JawOpen",
                                                              "MouthClose",
                                                              "MouthFunnel",
                                                              "MouthPucker",
                                                              "MouthRight",
                                                              "MouthLeft",
                                                              "MouthSmileLeft",
                                                              "MouthSmileRight",
                                                              "MouthFrownLeft",
                                                              "MouthFrownRight",
                                                              "MouthDimpleLeft",
                                                              "MouthDimpleRight",
                                                              "MouthStretchLeft",
                                                              "MouthStretchRight",
                                                              "MouthRollLower",
                                                              "MouthRollUpper",
                                                              "MouthShrugLower",
                                                              "MouthShrugUpper",
                                                              "MouthPressLeft",
                                                              "MouthPressRight",
                                                              "MouthLowerDownLeft",
                                                              "MouthLowerDownRight",
                                                              "MouthUpperUpLeft",
                                                              "MouthUpperUpRight",
                                                              "BrowDownLeft",
                                                              "BrowDownRight",
                                                              "BrowInnerUp",
                                                              "BrowOuterUpLeft",
                                                              "BrowOuterUpRight",
                                                              "CheekPuff",
                                                              "CheekSquintLeft",
                                                              "CheekSquintRight",
                                                              "NoseSneerLeft",
                                                              "NoseSneerRight",
                                                              "TongueOut"};

/// For each column of Live Link Face the unit's place in the alphabet.
std::array<std::size_t, kUnits> liveLinkColumns() {
    std::array<std::size_t, kUnits> columns{};
    const auto& names = avatar::faceUnitNames();
    for (std::size_t c = 0; c < kUnits; ++c) {
        std::string name(kLiveLinkUnits[c]);
        name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
        columns[c] =
            static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    }
    return columns;
}

/// "00:00:12:07.000": whole frames of the whole rate above, and thousandths of a frame.
std::string timecode(std::int64_t frame, FrameRate rate) {
    const auto whole = static_cast<std::int64_t>(std::ceil(rate.perSecond() - 1e-9));
    const std::int64_t seconds = frame / whole;
    return fmt::format("{:02}:{:02}:{:02}:{:02}.000", seconds / 3600, seconds / 60 % 60,
                       seconds % 60, frame % whole);
}

/// One line a frame, with progress.
Status writeRows(TextOutput& output, std::int64_t frames, JobControl& control,
                 const std::function<void(std::int64_t, std::string&)>& row) {
    control.beginStage("Writing curves", frames);
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        if (frame % kFramesPerReport == 0) {
            if (control.stopRequested()) return JobControl::cancelled("Writing curves");
            control.advanceTo(frame);
        }
        row(frame, output.text());
        if (Status written = output.flushIfLarge(); !written) return written;
    }
    control.advanceTo(frames);
    return Status::success();
}

/// "text" as a field: quoted when it holds what separates fields.
std::string field(const std::string& text) {
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

void appendNumbers(std::string& text, std::span<const float> values, int decimals) {
    for (const float value : values) {
        text += ',';
        appendFixed(text, static_cast<double>(value), decimals);
    }
}

Status noMotion(const Scene& scene) {
    return Error{ErrorCode::InvalidInput, fmt::format("'{}' has no motion.", scene.name)};
}

/// World places and local rotations of a frame, seven numbers a joint.
std::vector<float> jointNumbers(const Scene& scene, std::int64_t frame) {
    const SceneAnimation& motion = scene.animations.front();
    const JointFrames world = worldFromJoints(scene, motion, frame);
    std::vector<float> numbers;
    for (std::size_t j = 0; j < world.size(); ++j) {
        const Eigen::Vector3f place = world[j].translation();
        const auto row = static_cast<std::size_t>(frame) * world.size();
        Eigen::Quaternionf q = motion.rotations[row + j].normalized();
        if (q.w() < 0) q.coeffs() = -q.coeffs();
        numbers.insert(numbers.end(), place.data(), place.data() + 3);
        numbers.insert(numbers.end(), q.coeffs().data(), q.coeffs().data() + 4);
    }
    return numbers;
}

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string curvesHead(const Scene& scene, const FaceTrack* face) {
    const SceneAnimation& motion = scene.animations.front();
    std::string text = fmt::format("{{\"format\":\"gesture-curves\",\"version\":1,\"name\":{},"
                                   "\"frames\":{},\"fps\":",
                                   quoted(fileName(scene.name, "motion")), motion.frames);
    appendFixed(text, motion.framesPerSecond, kDecimals);
    text += ",\"units\":{\"position\":\"m, world, y up\",\"rotation\":\"quaternion x y z w, "
            "parent\",\"face\":\"0 to 1\"},\n\"joints\":[";
    const auto names = jointFileNames(scene);
    for (std::size_t j = 0; j < names.size(); ++j)
        text += fmt::format("{}{{\"name\":{},\"parent\":{}}}", j == 0 ? "" : ",", quoted(names[j]),
                            scene.joints[j].parent);
    text += "],\n\"face\":[";
    if (face != nullptr)
        for (std::size_t u = 0; u < kUnits; ++u)
            text += fmt::format("{}\"{}\"", u == 0 ? "" : ",", avatar::faceUnitNames()[u]);
    return text + "],\n\"motion\":[\n";
}

void appendArray(std::string& text, std::span<const float> values) {
    text += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text += ',';
        appendFixed(text, static_cast<double>(values[i]), kDecimals);
    }
    text += ']';
}

} // namespace

Status writeArkitCsv(const FaceTrack& face, const std::filesystem::path& path,
                     JobControl& control) {
    auto output = TextOutput::create(path);
    if (!output) return std::move(output).error();
    output->text() = "Timecode,BlendShapeCount";
    for (const std::string_view unit : kLiveLinkUnits)
        output->text() += fmt::format(",{}", unit);
    for (const char* part : {"Head", "LeftEye", "RightEye"})
        output->text() += fmt::format(",{0}Yaw,{0}Pitch,{0}Roll", part);
    output->text() += '\n';
    const auto columns = liveLinkColumns();
    const auto row = [&](std::int64_t frame, std::string& text) {
        const auto t = static_cast<std::size_t>(frame);
        text += timecode(frame, face.rate) + ",61";
        for (const std::size_t column : columns)
            appendNumbers(text, {&face.units[t * kUnits + column], 1}, kUnitDecimals);
        for (const auto* angles : {&face.head[t], &face.leftEye[t], &face.rightEye[t]})
            appendNumbers(text, {angles->data(), 3}, kDecimals);
        text += '\n';
    };
    if (Status written = writeRows(*output, face.frames, control, row); !written) return written;
    return output->commit();
}

Status writeFaceCsv(const FaceTrack& face, const std::filesystem::path& path, JobControl& control) {
    auto output = TextOutput::create(path);
    if (!output) return std::move(output).error();
    output->text() = "frame,time (s)";
    for (const std::string_view unit : avatar::faceUnitNames())
        output->text() += fmt::format(",{} (0..1)", unit);
    output->text() += '\n';
    const auto row = [&](std::int64_t frame, std::string& text) {
        text += std::to_string(frame) + ',';
        appendFixed(text, face.rate.timeOf({frame}).value, kTimeDecimals);
        appendNumbers(text, {&face.units[static_cast<std::size_t>(frame) * kUnits], kUnits},
                      kUnitDecimals);
        text += '\n';
    };
    if (Status written = writeRows(*output, face.frames, control, row); !written) return written;
    return output->commit();
}

Status writeJointCsv(const Scene& scene, const std::filesystem::path& path, JobControl& control) {
    if (Status sound = checkScene(scene); !sound) return sound;
    if (scene.animations.empty()) return noMotion(scene);
    auto output = TextOutput::create(path);
    if (!output) return std::move(output).error();
    output->text() = "frame,time (s)";
    for (const std::string& name : jointFileNames(scene))
        for (const char* column : {"x (m)", "y (m)", "z (m)", "qx", "qy", "qz", "qw"})
            output->text() += ',' + field(name + ' ' + column);
    output->text() += '\n';
    const SceneAnimation& motion = scene.animations.front();
    const auto row = [&](std::int64_t frame, std::string& text) {
        text += std::to_string(frame) + ',';
        appendFixed(text, static_cast<double>(frame) / motion.framesPerSecond, kTimeDecimals);
        appendNumbers(text, jointNumbers(scene, frame), kDecimals);
        text += '\n';
    };
    if (Status written = writeRows(*output, motion.frames, control, row); !written) return written;
    return output->commit();
}

Status writeCurvesJson(const Scene& scene, const FaceTrack* face, const std::filesystem::path& path,
                       JobControl& control) {
    if (Status sound = checkScene(scene); !sound) return sound;
    if (scene.animations.empty()) return noMotion(scene);
    auto output = TextOutput::create(path);
    if (!output) return std::move(output).error();
    output->text() = curvesHead(scene, face);
    const SceneAnimation& motion = scene.animations.front();
    const auto row = [&](std::int64_t frame, std::string& text) {
        text += frame == 0 ? "{\"time\":" : ",\n{\"time\":";
        appendFixed(text, static_cast<double>(frame) / motion.framesPerSecond, kTimeDecimals);
        text += ",\"joints\":";
        appendArray(text, jointNumbers(scene, frame));
        if (face != nullptr && frame < face->frames) {
            text += ",\"face\":";
            appendArray(text, {&face->units[static_cast<std::size_t>(frame) * kUnits], kUnits});
        }
        text += '}';
    };
    if (Status written = writeRows(*output, motion.frames, control, row); !written) return written;
    output->text() += "\n]}\n";
    return output->commit();
}

} // namespace gesture::interchange
