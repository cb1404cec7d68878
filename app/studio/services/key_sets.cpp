// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/key_sets.h"

namespace gesture::app {

namespace {

struct OtherKeys {
    KeySet set;
    ActionId id;
    const char* keys; ///< Separated by a blank.
};

/// Where the programs' habits differ from ours. What is taken from another action here is given
/// another key in the same set.
constexpr OtherKeys kOthers[] = {
    {KeySet::Blender, ActionId::ViewFrameAll, "Home"},
    {KeySet::Blender, ActionId::ViewFrameRange, "Num+."},
    {KeySet::Blender, ActionId::EditSelectAll, "A"},
    {KeySet::Blender, ActionId::EditDeselect, "Alt+A"},
    {KeySet::Blender, ActionId::PlayStart, "Shift+Left"},
    {KeySet::Blender, ActionId::PlayEnd, "Shift+Right"},
    {KeySet::Blender, ActionId::PlayPreviousSecond, "Ctrl+Left"},
    {KeySet::Blender, ActionId::PlayNextSecond, "Ctrl+Right"},
    {KeySet::Blender, ActionId::ToolSelect, "W"},
    {KeySet::Blender, ActionId::MaskWholeFrames, "Shift+W"},
    {KeySet::Maya, ActionId::PlayToggle, "Alt+V Space"},
    {KeySet::Maya, ActionId::PlayPreviousFrame, "Alt+, Left"},
    {KeySet::Maya, ActionId::PlayNextFrame, "Alt+. Right"},
    {KeySet::Maya, ActionId::PlayPreviousEdge, ", Up"},
    {KeySet::Maya, ActionId::PlayNextEdge, ". Down"},
    {KeySet::Maya, ActionId::PlayStart, "Alt+Shift+V Home"},
    {KeySet::Maya, ActionId::ToolSelect, "Q"},
};

QList<QKeySequence> parsed(const QString& keys) {
    QList<QKeySequence> list;
    for (const QString& key : keys.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        list.append(QKeySequence::fromString(key, QKeySequence::PortableText));
    return list;
}

QString written(const QList<QKeySequence>& keys) {
    QStringList list;
    for (const QKeySequence& key : keys)
        list.append(key.toString(QKeySequence::PortableText));
    return list.join(QLatin1Char(' '));
}

ActionId idAt(std::size_t index) { return static_cast<ActionId>(index); }

} // namespace

QList<QKeySequence> keysIn(KeySet set, ActionId id) {
    for (const OtherKeys& other : kOthers)
        if (other.set == set && other.id == id) return parsed(QLatin1String(other.keys));
    return Actions::firstKeys(id);
}

ActionId ownerOf(const Actions& actions, const QKeySequence& key, ActionId than) {
    for (std::size_t i = 0; i < actions.all().size() && !key.isEmpty(); ++i)
        if (idAt(i) != than && actions[idAt(i)].shortcuts().contains(key)) return idAt(i);
    return ActionId::Count;
}

void applyKeys(const Settings& settings, const Actions& actions) {
    const QMap<QString, QString> chosen = settings.chosenKeys();
    const auto set = static_cast<KeySet>(settings.keySet());
    for (std::size_t i = 0; i < actions.all().size(); ++i) {
        const QString name = actions[idAt(i)].objectName();
        actions.setKeys(idAt(i),
                        chosen.contains(name) ? parsed(chosen[name]) : keysIn(set, idAt(i)));
    }
}

void chooseKey(Settings& settings, const Actions& actions, ActionId id, const QKeySequence& key) {
    const ActionId owner = ownerOf(actions, key, id);
    if (owner != ActionId::Count) {
        QList<QKeySequence> left = actions[owner].shortcuts();
        left.removeAll(key);
        settings.chooseKeys(actions[owner].objectName(), written(left));
    }
    settings.chooseKeys(actions[id].objectName(),
                        key.isEmpty() ? QString() : key.toString(QKeySequence::PortableText));
    applyKeys(settings, actions);
}

} // namespace gesture::app
