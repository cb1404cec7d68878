// SPDX-License-Identifier: Apache-2.0
#include "core/avatar/avatar_check.h"

#include "core/avatar/avatar_check_body.h"
#include "core/io/avatar_file.h"
#include "core/io/npz.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace gesture::avatar {

namespace {

using Shape = std::vector<std::size_t>;

/// Reads the arrays of one file and notes what does not fit; later checks skip what is missing.
class FileChecker {
public:
    FileChecker(const io::NpzReader& npz, AvatarReport& report)
        : npz_(npz)
        , report_(report) {}

    void run() {
        readVertices();
        readFaces();
        readWeights();
        readRegressor();
        readParents();
        checkDirections();
        checkPoseDirections();
        checkHands();
        checkLooks();
        checkNames();
        checkBody(body_, report_);
        tellAboutObjects();
    }

private:
    void error(std::string text) { report_.findings.push_back({Severity::Error, std::move(text)}); }
    void warn(std::string text) {
        report_.findings.push_back({Severity::Warning, std::move(text)});
    }
    void inform(std::string text) { report_.findings.push_back({Severity::Info, std::move(text)}); }

    const io::NpzReader::Entry* require(std::string_view name) {
        const auto* entry = npz_.find(name);
        if (entry == nullptr) error(fmt::format("The array '{}' is missing.", name));
        return entry;
    }

    bool expectShape(std::string_view name, const Shape& shape, const Shape& expected) {
        if (shape == expected) return true;
        error(fmt::format("'{}' has the shape ({}) where ({}) belongs.", name,
                          fmt::join(shape, ", "), fmt::join(expected, ", ")));
        return false;
    }

    /// Numbers of an array, all finite; otherwise notes why not.
    std::optional<std::vector<double>> numbers(std::string_view name) {
        const auto array = npz_.read(name);
        if (!array) {
            error(array.error().message());
            return std::nullopt;
        }
        auto values = array->numbers<double>();
        if (!values) {
            error(fmt::format("'{}': {}", name, values.error().message()));
            return std::nullopt;
        }
        const auto bad = std::find_if_not(values->begin(), values->end(),
                                          [](double value) { return std::isfinite(value); });
        if (bad != values->end()) {
            error(fmt::format("'{}' holds a number that is not finite, at position {}.", name,
                              bad - values->begin()));
            return std::nullopt;
        }
        return std::move(*values);
    }

    void readVertices() {
        const auto* entry = require("v_template");
        if (entry == nullptr) return;
        if (entry->shape.size() != 2 || entry->shape[1] != 3 || entry->shape[0] == 0) {
            expectShape("v_template", entry->shape, {kAnyVertices, 3});
            return;
        }
        vertices_ = entry->shape[0];
        report_.summary.vertices = static_cast<std::int64_t>(vertices_);
        if (auto values = numbers("v_template")) {
            body_.vertices =
                Eigen::Map<const Points64>(values->data(), static_cast<Eigen::Index>(vertices_), 3);
        }
    }

    void readFaces() {
        const auto* entry = require("f");
        if (entry == nullptr) return;
        if (entry->shape.size() != 2 || entry->shape[1] != 3) {
            error("'f' does not hold triangles: it should have three columns.");
            return;
        }
        report_.summary.triangles = static_cast<std::int64_t>(entry->shape[0]);
        if (auto values = numbers("f")) body_.faces = std::move(*values);
    }

    void readWeights() {
        const auto* entry = require("weights");
        if (entry == nullptr || vertices_ == 0) return;
        if (!expectShape("weights", entry->shape, {vertices_, motion::kJointCount})) return;
        if (auto values = numbers("weights")) {
            body_.weights = Eigen::Map<const BodyArrays::Rows>(
                values->data(), static_cast<Eigen::Index>(vertices_), motion::kJointCount);
        }
    }

    void readRegressor() {
        const auto* entry = require("J_regressor");
        if (entry == nullptr || vertices_ == 0) return;
        if (!expectShape("J_regressor", entry->shape, {motion::kJointCount, vertices_})) return;
        const auto values = numbers("J_regressor");
        if (!values || body_.vertices.rows() == 0) return;
        body_.joints = Eigen::Map<const BodyArrays::Rows>(values->data(), motion::kJointCount,
                                                          static_cast<Eigen::Index>(vertices_)) *
                       body_.vertices;
    }

    void readParents() {
        const auto* entry = require("kintree_table");
        if (entry == nullptr) return;
        if (!expectShape("kintree_table", entry->shape, {2, motion::kJointCount})) return;
        const auto values = numbers("kintree_table");
        if (!values) return;
        const auto expected = motion::jointParents();
        for (std::size_t j = 1; j < expected.size(); ++j) {
            if ((*values)[j] == expected[j]) continue;
            error(
                fmt::format("The parent of joint '{}' is {} where SMPL-X has {}: the file belongs "
                            "to another body model.",
                            motion::jointNames()[j], (*values)[j], expected[j]));
            return;
        }
    }

    void checkDirections() {
        const auto* entry = require("shapedirs");
        if (entry == nullptr || vertices_ == 0) return;
        if (entry->shape.size() != 3 || entry->shape[0] != vertices_ || entry->shape[1] != 3) {
            error(fmt::format("'shapedirs' has the shape ({}) where ({}, 3, directions) belongs.",
                              fmt::join(entry->shape, ", "), vertices_));
            return;
        }
        const auto total = static_cast<std::int64_t>(entry->shape[2]);
        std::int64_t shapes = total == 20 ? 10 : 300;
        std::int64_t expressions = total == 20 ? 10 : 100;
        if (npz_.contains("num_betas") && npz_.contains("num_expressions")) {
            shapes = scalar("num_betas");
            expressions = scalar("num_expressions");
        }
        if (shapes < 0 || expressions < 0 || shapes > total || expressions != total - shapes) {
            error(fmt::format("'shapedirs' has {} directions where {} shapes and {} expressions "
                              "belong.",
                              total, shapes, expressions));
            return;
        }
        report_.summary.shapes = shapes;
        report_.summary.expressions = expressions;
        static_cast<void>(numbers("shapedirs"));
    }

    std::int64_t scalar(std::string_view name) {
        const auto values = numbers(name);
        return values && values->size() == 1 ? static_cast<std::int64_t>(values->front()) : -1;
    }

    void checkPoseDirections() {
        constexpr std::size_t kAllFeatures = std::size_t{9} * (motion::kJointCount - 1);
        const auto* entry = npz_.find("posedirs");
        if (entry == nullptr || vertices_ == 0) {
            if (entry == nullptr) {
                warn("There are no pose correctives ('posedirs'): elbows and shoulders will look "
                     "thin when bent.");
            }
            return;
        }
        std::size_t columns = kAllFeatures;
        if (npz_.contains("posedirs_index")) {
            const auto index = numbers("posedirs_index");
            columns = index ? index->size() : 0;
            if (index && std::any_of(index->begin(), index->end(), [](double feature) {
                    return feature < 0 || feature >= static_cast<double>(kAllFeatures);
                })) {
                error("'posedirs_index' names a pose feature outside 0..485.");
            }
        }
        report_.summary.poseCorrectives = static_cast<std::int64_t>(columns);
        if (expectShape("posedirs", entry->shape, {vertices_, 3, columns})) {
            static_cast<void>(numbers("posedirs"));
        }
    }

    void checkHands() {
        for (const std::string_view name : {"hands_meanl", "hands_meanr"}) {
            const auto* entry = npz_.find(name);
            if (entry == nullptr) {
                warn(fmt::format("'{}' is missing: hands will be flatter than the clips mean.",
                                 name));
            } else if (expectShape(name, entry->shape, {45})) {
                static_cast<void>(numbers(name));
            }
        }
    }

    void checkLooks() {
        const auto* parts = npz_.find("part_id");
        if (parts == nullptr) {
            inform("There are no materials ('part_id'): the body is drawn in one colour.");
            return;
        }
        const auto triangles = static_cast<std::size_t>(report_.summary.triangles);
        if (!expectShape("part_id", parts->shape, {triangles})) return;
        const auto* colours = require("part_rgb");
        if (colours == nullptr) return;
        if (colours->shape.size() != 2 || colours->shape[1] != 3) {
            error("'part_rgb' should have three columns: red, green, blue.");
            return;
        }
        report_.summary.parts = static_cast<std::int64_t>(colours->shape[0]);
        const auto ids = numbers("part_id");
        const auto limit = static_cast<double>(colours->shape[0]);
        if (ids && std::any_of(ids->begin(), ids->end(),
                               [limit](double id) { return id < 0 || id >= limit; })) {
            error(fmt::format("'part_id' names a material beyond the {} of 'part_rgb'.",
                              colours->shape[0]));
        }
        const auto* tint = npz_.find("skin_tint");
        if (tint != nullptr && vertices_ > 0) expectShape("skin_tint", tint->shape, {vertices_, 4});
    }

    void checkNames() {
        checkNameCount("shape_names", report_.summary.shapes);
        checkNameCount("expr_names", report_.summary.expressions);
        if (!npz_.contains("expr_names")) {
            inform("Expressions are SMPL-X's own coefficients, not face units.");
        }
    }

    void checkNameCount(std::string_view name, std::int64_t expected) {
        if (!npz_.contains(name)) return;
        const auto array = npz_.read(name);
        const auto names =
            array ? array->strings() : Result<std::vector<std::string>>(array.error());
        if (!names) {
            error(fmt::format("'{}': {}", name, names.error().message()));
            return;
        }
        if (static_cast<std::int64_t>(names->size()) != expected) {
            error(fmt::format("'{}' lists {} names for {} directions.", name, names->size(),
                              expected));
        }
        auto sorted = *names;
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice != sorted.end()) {
            warn(fmt::format("'{}' lists '{}' twice.", name, *twice));
        }
    }

    void tellAboutObjects() {
        for (const auto& entry : npz_.entries()) {
            if (!entry.isObject) continue;
            inform(fmt::format("'{}' holds Python objects and is left out.", entry.name));
        }
    }

    static constexpr std::size_t kAnyVertices = 10475; ///< SMPL-X's own, for messages.

    const io::NpzReader& npz_;
    AvatarReport& report_;
    std::size_t vertices_ = 0;
    BodyArrays body_;
};

} // namespace

bool AvatarReport::usable() const {
    return std::none_of(findings.begin(), findings.end(), [](const AvatarFinding& finding) {
        return finding.severity == Severity::Error;
    });
}

AvatarReport checkAvatar(const std::filesystem::path& path) {
    AvatarReport report;
    const auto npz = io::NpzReader::open(path);
    if (!npz) {
        report.findings.push_back({Severity::Error, npz.error().message()});
        return report;
    }
    FileChecker(*npz, report).run();
    if (report.usable()) {
        // The reader has the last word: what it refuses is an error even if nothing was seen above.
        const auto avatar = io::readAvatarFile(path);
        if (!avatar) report.findings.push_back({Severity::Error, avatar.error().message()});
    }
    std::stable_sort(
        report.findings.begin(), report.findings.end(),
        [](const AvatarFinding& a, const AvatarFinding& b) { return a.severity < b.severity; });
    return report;
}

} // namespace gesture::avatar
