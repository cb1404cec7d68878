// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/file_kind.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace gesture::app {

namespace {

constexpr std::array<std::string_view, 14> kAudioExtensions{
    ".wav",  ".flac", ".ogg", ".opus", ".mp3", ".oga", ".aif",
    ".aiff", ".aifc", ".w64", ".rf64", ".caf", ".au",  ".snd"};

constexpr std::array<std::string_view, 5> kWordsExtensions{".textgrid", ".srt", ".vtt", ".ctm",
                                                           ".json"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& extensions, const std::string& name) {
    return std::find(extensions.begin(), extensions.end(), name) != extensions.end();
}

template <std::size_t Count>
QStringList patternsOf(const std::array<std::string_view, Count>& extensions) {
    QStringList patterns;
    for (const std::string_view extension : extensions) {
        patterns.append(QStringLiteral("*") +
                        QString::fromLatin1(extension.data(), qsizetype(extension.size())));
    }
    return patterns;
}

QString extensionOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.extension().string()).toLower();
}

} // namespace

FileKind fileKindOf(const std::filesystem::path& path) {
    const std::string extension = extensionOf(path).toStdString();
    if (extension == ".npz") return FileKind::Motion;
    if (extension == ".gesture") return FileKind::Project;
    if (contains(kWordsExtensions, extension)) return FileKind::Words;
    return contains(kAudioExtensions, extension) ? FileKind::Audio : FileKind::Unknown;
}

QStringList motionPatterns() { return {QStringLiteral("*.npz")}; }

QStringList projectPatterns() { return {QStringLiteral("*.gesture")}; }
QStringList audioPatterns() { return patternsOf(kAudioExtensions); }
QStringList wordsPatterns() { return patternsOf(kWordsExtensions); }

QString unreadableSentence(const std::filesystem::path& path) {
    const QString extension = extensionOf(path);
    if (extension.isEmpty()) {
        return QCoreApplication::translate(
            "FileKind", "Gesture Studio cannot read files without an extension.");
    }
    return QCoreApplication::translate("FileKind", "Gesture Studio cannot read %1 files.")
        .arg(extension);
}

std::optional<std::filesystem::path> soundBeside(const std::filesystem::path& motion) {
    const std::string stem = motion.stem().string();
    for (const std::string& name : {stem, stem + "_test"}) {
        for (const std::string_view extension : kAudioExtensions) {
            std::filesystem::path candidate =
                motion.parent_path() / (name + std::string(extension));
            std::error_code error;
            if (std::filesystem::is_regular_file(candidate, error)) return candidate;
        }
    }
    return std::nullopt;
}

} // namespace gesture::app
