<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ArtworkPanel</name>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>BlankPreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Turn the package</source>
        <translation>Verpackung drehen</translation>
    </message>
    <message>
        <source>Left drag</source>
        <translation>Links ziehen</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Right drag, or Shift and left</source>
        <translation>Rechts ziehen oder Umschalt + links</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Fit it into the view</source>
        <translation>In die Ansicht einpassen</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Select a panel</source>
        <translation>Seite auswählen</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Commands for the panel</source>
        <translation>Befehle für die Seite</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Put a picture on it</source>
        <translation>Bild auf die Seite legen</translation>
    </message>
    <message>
        <source>Drop a file</source>
        <translation>Datei ablegen</translation>
    </message>
</context>
<context>
    <name>DesignCommands</name>
    <message>
        <source>packdesk designs (*.packdesk)</source>
        <translation>packdesk-Entwürfe (*.packdesk)</translation>
    </message>
    <message>
        <source>Open a design</source>
        <translation>Entwurf öffnen</translation>
    </message>
</context>
<context>
    <name>DimensionRow</name>
    <message>
        <source>{0} slider</source>
        <translation>{0}, Regler</translation>
    </message>
    <message>
        <source>{0} in inches</source>
        <translation>{0} in Zoll</translation>
    </message>
    <message>
        <source>{0} in millimetres</source>
        <translation>{0} in Millimetern</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Float {0}, or dock it again</source>
        <translation>{0} lösen oder wieder andocken</translation>
    </message>
    <message>
        <source>Hide {0}</source>
        <translation>{0} ausblenden</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>Save the design</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation>Druckprüfung</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Fortschritt des Exports</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Box style</source>
        <translation>Faltart</translation>
    </message>
    <message>
        <source>Line colours</source>
        <translation>Linienfarben</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>Crop marks</source>
        <translation>Schnittmarken</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Tear-off line</source>
        <translation>Abrisslinie</translation>
    </message>
    <message>
        <source>Board thickness</source>
        <translation>Kartondicke</translation>
    </message>
    <message>
        <source>Glue flap</source>
        <translation>Klebelasche</translation>
    </message>
    <message>
        <source>Bleed</source>
        <translation>Beschnitt</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Schutzabstand</translation>
    </message>
    <message>
        <source>Straight tuck</source>
        <translation>Stecklaschen parallel</translation>
    </message>
    <message>
        <source>Reverse tuck</source>
        <translation>Stecklaschen versetzt</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>Kreuz</translation>
    </message>
    <message>
        <source>Red and blue</source>
        <translation>Rot und Blau</translation>
    </message>
    <message>
        <source>Magenta and cyan</source>
        <translation>Magenta und Cyan</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>Preflight</source>
        <translation>Druckprüfung</translation>
    </message>
</context>
<context>
    <name>FlatView</name>
    <message>
        <source>Package laid flat</source>
        <translation>Abwicklung der Verpackung</translation>
    </message>
    <message>
        <source>Control with an arrow key selects the next panel in that direction, Enter selects the first one or opens the menu of the selected one. Arrow keys move the sheet, plus and minus zoom, Home shows all of it.</source>
        <translation>Strg mit einer Pfeiltaste wählt die nächste Seite in dieser Richtung, die Eingabetaste wählt die erste oder öffnet das Menü der ausgewählten. Pfeiltasten verschieben den Bogen, Plus und Minus zoomen, Pos1 zeigt alles.</translation>
    </message>
    <message>
        <source>Package laid flat, {0} selected</source>
        <translation>Abwicklung der Verpackung, {0} ausgewählt</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Gemini key</source>
        <translation>Gemini-Schlüssel</translation>
    </message>
    <message>
        <source>Paste a key and press Return</source>
        <translation>Schlüssel hier einfügen</translation>
    </message>
    <message>
        <source>Test key</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A key is set in the environment.</source>
        <translation>Ein Schlüssel kommt aus der Umgebung.</translation>
    </message>
    <message>
        <source>A key is kept in this computer&apos;s key store.</source>
        <translation>Der Schlüssel liegt in der Schlüsselverwaltung.</translation>
    </message>
    <message>
        <source>A key is kept until packdesk is closed: this computer has no key store.</source>
        <translation>Der Schlüssel gilt nur, bis packdesk beendet wird.</translation>
    </message>
    <message>
        <source>No key yet. Without one, artwork is painted on this computer.</source>
        <translation>Noch kein Schlüssel: Motive werden hier gemalt.</translation>
    </message>
    <message>
        <source>✓ The key works and the model is there.</source>
        <translation>✓ Der Schlüssel gilt, und das Modell ist da.</translation>
    </message>
    <message>
        <source>Asking Google …</source>
        <translation>Google wird gefragt …</translation>
    </message>
</context>
<context>
    <name>KindList</name>
    <message>
        <source>Kinds of files</source>
        <translation>Dateiarten</translation>
    </message>
</context>
<context>
    <name>LengthField</name>
    <message>
        <source>{0} is out of range. Use a size between {1} and {2}.</source>
        <translation>{0} ist nicht möglich. Erlaubt sind {1} bis {2}.</translation>
    </message>
    <message>
        <source>A length or a sum, such as 100+2*3, 12 cm or 4.5 in</source>
        <translation>Eine Länge oder Rechnung, etwa 100+2*3, 12 cm oder 4,5 in</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
</context>
<context>
    <name>LookBar</name>
    <message>
        <source>Finish</source>
        <translation>Oberfläche</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>How far the package is folded</source>
        <translation>Wie weit die Packung gefaltet ist</translation>
    </message>
    <message>
        <source>Exposure: {0} stops</source>
        <translation>Belichtung: {0} Blendenstufen</translation>
    </message>
    <message>
        <source>Unfold the package</source>
        <translation>Packung auffalten</translation>
    </message>
    <message>
        <source>Fold the package</source>
        <translation>Packung zusammenfalten</translation>
    </message>
    <message>
        <source>Matte board</source>
        <translation>Matt</translation>
    </message>
    <message>
        <source>Gloss</source>
        <translation>Glanz</translation>
    </message>
    <message>
        <source>Kraft</source>
        <translation>Kraft</translation>
    </message>
    <message>
        <source>Foil</source>
        <translation>Folie</translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Side light</source>
        <translation>Seitlich</translation>
    </message>
    <message>
        <source>Even light</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>True colours</source>
        <translation>Echte Farben</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Light studio</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark studio</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colour …</source>
        <translation>Farbe …</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>MainToolBar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Package</source>
        <translation>Verpackung</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation>{0} weitere</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>Move it aside, start anew</source>
        <translation>Beiseitelegen, neu beginnen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>The shared design is gone from the server. You see it as it was.</source>
        <translation>Der gemeinsame Entwurf ist vom Server verschwunden. Sie sehen ihn, wie er war.</translation>
    </message>
    <message>
        <source>The design was moved away by another packdesk. You see it as it was.</source>
        <translation>Ein anderes packdesk hat den Entwurf weggelegt. Sie sehen ihn, wie er war.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Retry the {0} failed</source>
        <translation>{0} erneut versuchen</translation>
    </message>
    <message>
        <source>{0} of {1} panels are done from “{2}”.</source>
        <translation>{0} von {1} Seiten sind fertig: „{2}“.</translation>
    </message>
    <message>
        <source>They are for another kind of package: switch back to apply them.</source>
        <translation>Sie sind für eine andere Art Verpackung: Zum Anwenden dorthin zurückwechseln.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Apply the {0}</source>
        <translation>{0} übernehmen</translation>
    </message>
    <message>
        <source>Open the artwork in it</source>
        <translation>Die Motive darin öffnen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Saved as {0}.</source>
        <translation>Gespeichert als {0}.</translation>
    </message>
    <message>
        <source>Saved as {0}, but without artwork on: {1}.</source>
        <translation>Gespeichert als {0}, aber ohne Gestaltung auf: {1}.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>PackageFacts</name>
    <message>
        <source>Flat size</source>
        <translation>Abwicklung</translation>
    </message>
    <message>
        <source>The blank with its flaps, from cut to cut</source>
        <translation>Der Zuschnitt mit seinen Laschen, von Schnitt zu Schnitt</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Oberfläche</translation>
    </message>
    <message>
        <source>Front panel</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>Body panel</source>
        <translation>Mantel</translation>
    </message>
</context>
<context>
    <name>PackagePanel</name>
    <message>
        <source>Box</source>
        <translation>Schachtel</translation>
    </message>
    <message>
        <source>Cylinder</source>
        <translation>Zylinder</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Common packages</source>
        <translation>Gängige Verpackungen</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Diameter</source>
        <translation>Durchmesser</translation>
    </message>
    <message>
        <source>Lock proportions</source>
        <translation>Proportionen sperren</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Manufacturing size, crease to crease</source>
        <translation>Rillmaß, von Rille zu Rille</translation>
    </message>
    <message>
        <source>Inside is smaller by the board&apos;s thickness, outside larger; Export names all three.</source>
        <translation>Innen ist es um die Kartondicke kleiner, außen größer; „Exportieren“ nennt alle drei Maße.</translation>
    </message>
    <message>
        <source>Proportions are locked: changing one side scales the others</source>
        <translation>Proportionen gesperrt: Ändert sich ein Maß, folgen die anderen</translation>
    </message>
    <message>
        <source>Lock the proportions</source>
        <translation>Proportionen sperren</translation>
    </message>
</context>
<context>
    <name>PackageView</name>
    <message>
        <source>Package in 3D</source>
        <translation>Verpackung in 3D</translation>
    </message>
    <message>
        <source>Arrow keys turn the package, plus and minus zoom, Home shows all of it.</source>
        <translation>Pfeiltasten drehen die Verpackung, Plus und Minus zoomen, Pos1 zeigt alles.</translation>
    </message>
</context>
<context>
    <name>PanelCommands</name>
    <message>
        <source>Import a picture</source>
        <translation>Bild importieren</translation>
    </message>
    <message>
        <source>Save the panel&apos;s picture</source>
        <translation>Motiv der Seite speichern</translation>
    </message>
</context>
<context>
    <name>PanelList</name>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>{0} film</source>
        <translation>{0}-Film</translation>
    </message>
    <message>
        <source>{0} picture</source>
        <translation>{0}-Bild</translation>
    </message>
    <message>
        <source>{0} of these pictures exist already. Replace them?</source>
        <translation>{0} dieser Bilder gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Save pictures</source>
        <translation>Bilder speichern</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>Save pictures</source>
        <translation>Bilder speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Drawing progress</source>
        <translation>Fortschritt beim Zeichnen</translation>
    </message>
    <message>
        <source>Tick a view first.</source>
        <translation>Wählen Sie zuerst eine Ansicht aus.</translation>
    </message>
</context>
<context>
    <name>PictureForm</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>A full turn</source>
        <translation>Eine ganze Drehung</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Nothing behind the package</source>
        <translation>Nichts hinter der Verpackung</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>This format cannot be transparent.</source>
        <translation>Dieses Format kann nicht durchsichtig sein.</translation>
    </message>
    <message>
        <source>As the view</source>
        <translation>Wie die Ansicht</translation>
    </message>
    <message>
        <source>Screen, 1920 × 1080</source>
        <translation>Bildschirm, 1920 × 1080</translation>
    </message>
    <message>
        <source>Large screen, 3840 × 2160</source>
        <translation>Großer Bildschirm, 3840 × 2160</translation>
    </message>
    <message>
        <source>Square, 2048 × 2048</source>
        <translation>Quadrat, 2048 × 2048</translation>
    </message>
    <message>
        <source>Print, 4096 × 4096</source>
        <translation>Druck, 4096 × 4096</translation>
    </message>
    <message>
        <source>Largest, 8192 × 8192</source>
        <translation>Größtes, 8192 × 8192</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Folder of PNG pictures</source>
        <translation>Ordner mit PNG-Bildern</translation>
    </message>
</context>
<context>
    <name>PicturePreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Set by {0} in the environment.</source>
        <translation>Durch {0} in der Umgebung festgelegt.</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Boxes</source>
        <translation>Schachteln</translation>
    </message>
    <message>
        <source>Cylinders</source>
        <translation>Zylinder</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Generation progress</source>
        <translation>Fortschritt beim Erzeugen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop generating (Esc)</source>
        <translation>Erzeugen abbrechen (Esc)</translation>
    </message>
    <message>
        <source>Not generating any more?</source>
        <translation>Erzeugt nichts mehr?</translation>
    </message>
    <message>
        <source>Clears the mark the other program left, so that you can generate</source>
        <translation>Entfernt die Markierung des anderen Programms, damit Sie erzeugen können</translation>
    </message>
    <message>
        <source>artwork</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
    <message>
        <source>The other program has not reported for a minute</source>
        <translation>Das andere Programm meldet sich seit einer Minute nicht</translation>
    </message>
    <message>
        <source>Another program is generating {0}</source>
        <translation>Ein anderes Programm erzeugt: {0}</translation>
    </message>
    <message>
        <source>Generating …</source>
        <translation>Wird erzeugt …</translation>
    </message>
    <message>
        <source>{0} of {1} panels done</source>
        <translation>{0} von {1} Seiten fertig</translation>
    </message>
    <message>
        <source>, nearly there</source>
        <translation>, gleich so weit</translation>
    </message>
    <message>
        <source>, about {0} s left</source>
        <translation>, noch etwa {0} s</translation>
    </message>
    <message>
        <source>, about {0} min left</source>
        <translation>, noch etwa {0} min</translation>
    </message>
</context>
<context>
    <name>PromptBox</name>
    <message>
        <source>Vintage floral pattern in navy and blush, “Sol Field”</source>
        <translation>Am besten auf Englisch, etwa: Vintage floral pattern in navy and blush, “Sol Field”</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>Ideen</translation>
    </message>
    <message>
        <source>Prompts of this design, and examples</source>
        <translation>Prompts dieses Entwurfs und Beispiele</translation>
    </message>
    <message>
        <source>Generate panel</source>
        <translation>Seite erzeugen</translation>
    </message>
    <message>
        <source>Artwork for the selected panel</source>
        <translation>Motiv für die ausgewählte Seite</translation>
    </message>
    <message>
        <source>Generate all</source>
        <translation>Alle erzeugen</translation>
    </message>
    <message>
        <source>Artwork for every panel (Ctrl+Return)</source>
        <translation>Motive für alle Seiten (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Generate {0}</source>
        <translation>{0} erzeugen</translation>
    </message>
    <message>
        <source>Select a panel first</source>
        <translation>Zuerst eine Seite auswählen</translation>
    </message>
</context>
<context>
    <name>PromptIdeas</name>
    <message>
        <source>Used in this design</source>
        <translation>In diesem Entwurf verwendet</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt verwendet</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>ReferenceWell</name>
    <message>
        <source>Remove the reference picture</source>
        <translation>Referenzbild entfernen</translation>
    </message>
    <message>
        <source>Reference …</source>
        <translation>Referenz …</translation>
    </message>
    <message>
        <source>Reference picture: {0}</source>
        <translation>Referenzbild: {0}</translation>
    </message>
    <message>
        <source>A logo or mock-up the model is shown; drop a picture here</source>
        <translation>Logo oder Skizze als Vorbild für das Modell; Bild hier ablegen</translation>
    </message>
    <message>
        <source>Reference picture</source>
        <translation>Referenzbild</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Artwork</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>Gemini key</source>
        <translation>Gemini-Schlüssel</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Millimetres</source>
        <translation>Millimeter</translation>
    </message>
    <message>
        <source>Inches</source>
        <translation>Zoll</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect after a restart.</source>
        <translation>Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Lengths in</source>
        <translation>Längen in</translation>
    </message>
    <message>
        <source>Gemini if there is a key, otherwise painted here</source>
        <translation>Gemini, wenn ein Schlüssel da ist, sonst hier gemalt</translation>
    </message>
    <message>
        <source>Painted on this computer</source>
        <translation>Auf diesem Rechner gemalt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>1K, for the screen</source>
        <translation>1K, für den Bildschirm</translation>
    </message>
    <message>
        <source>2K, for small print</source>
        <translation>2K, für kleine Drucke</translation>
    </message>
    <message>
        <source>4K, for large print</source>
        <translation>4K, für große Drucke</translation>
    </message>
    <message>
        <source>The front first, the others follow it</source>
        <translation>Zuerst die Front, die anderen nach ihr</translation>
    </message>
    <message>
        <source>At the same time: faster, less alike</source>
        <translation>Gleichzeitig: schneller, weniger einheitlich</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erzeugt von</translation>
    </message>
    <message>
        <source>Gemini model</source>
        <translation>Gemini-Modell</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>At the same time</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Shared server</source>
        <translation>Gemeinsamer Server</translation>
    </message>
    <message>
        <source>Address of a Redis server; empty: designs stay here. Takes effect after a restart.</source>
        <translation>Adresse eines Redis-Servers; leer: Entwürfe bleiben hier. Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>Artwork folder</source>
        <translation>Ordner der Motive</translation>
    </message>
    <message>
        <source>Where artwork is kept, perhaps a shared folder. Takes effect after a restart.</source>
        <translation>Ablage der Motive, etwa ein gemeinsamer Ordner. Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Rechner</translation>
    </message>
    <message>
        <source>Pictures cut to size</source>
        <translation>Zugeschnittene Bilder</translation>
    </message>
    <message>
        <source>Picture cache</source>
        <translation>Bild-Cache</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>painted on this computer</source>
        <translation>auf diesem Rechner gemalt</translation>
    </message>
    <message>
        <source>Artwork: {0}</source>
        <translation>Motive: {0}</translation>
    </message>
    <message>
        <source>● Local, not shared</source>
        <translation>● Lokal, nicht geteilt</translation>
    </message>
    <message>
        <source>● Shared</source>
        <translation>● Geteilt</translation>
    </message>
    <message>
        <source>○ Offline: last known design</source>
        <translation>○ Offline: letzter bekannter Stand</translation>
    </message>
    <message>
        <source>◐ Shared, read-only for now</source>
        <translation>◐ Geteilt, zurzeit schreibgeschützt</translation>
    </message>
    <message>
        <source>◇ Review (read-only)</source>
        <translation>◇ Durchsicht (schreibgeschützt)</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
</context>
<context>
    <name>ViewList</name>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>A double click shows a saved view.</source>
        <translation>Ein Doppelklick zeigt eine gespeicherte Ansicht.</translation>
    </message>
    <message>
        <source>Name of this view</source>
        <translation>Name dieser Ansicht</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The view as it is</source>
        <translation>Die Ansicht, wie sie ist</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Try a sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Describe artwork</source>
        <translation>Motiv beschreiben</translation>
    </message>
    <message>
        <source>Import a picture</source>
        <translation>Bild importieren</translation>
    </message>
    <message>
        <source>Start your package</source>
        <translation>Neue Verpackung</translation>
    </message>
    <message>
        <source>Set its size on the left, then give every panel its artwork.</source>
        <translation>Links die Größe einstellen, dann jeder Seite ihr Motiv geben.</translation>
    </message>
</context>
<context>
    <name>WindowHelp</name>
    <message>
        <source>&lt;b&gt;packdesk {0}&lt;/b&gt;&lt;p&gt;Set a box or cylinder, have artwork made for each panel, see it in 3D.&lt;/p&gt;&lt;p&gt;MIT licence. Fonts: Hanken Grotesk and Source Serif Pro, SIL Open Font License.&lt;/p&gt;&lt;p&gt;Uses Qt and Qt for Python, copyright The Qt Company Ltd. and other contributors, unchanged and linked dynamically, under the GNU Lesser General Public License, version 3: &lt;a href=&apos;https://www.gnu.org/licenses/lgpl-3.0.html&apos;&gt;gnu.org/licenses/lgpl-3.0&lt;/a&gt;; sources: &lt;a href=&apos;https://code.qt.io&apos;&gt;code.qt.io&lt;/a&gt;.&lt;/p&gt;</source>
        <translation>&lt;b&gt;packdesk {0}&lt;/b&gt;&lt;p&gt;Schachtel oder Zylinder einstellen, für jede Seite ein Motiv erzeugen lassen, alles in 3D sehen.&lt;/p&gt;&lt;p&gt;MIT-Lizenz. Schriften: Hanken Grotesk und Source Serif Pro, SIL Open Font License.&lt;/p&gt;&lt;p&gt;Verwendet Qt und Qt for Python, Copyright The Qt Company Ltd. und andere, unverändert und dynamisch gebunden, unter der GNU Lesser General Public License, Version 3: &lt;a href=&apos;https://www.gnu.org/licenses/lgpl-3.0.html&apos;&gt;gnu.org/licenses/lgpl-3.0&lt;/a&gt;; Quelltexte: &lt;a href=&apos;https://code.qt.io&apos;&gt;code.qt.io&lt;/a&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About packdesk</source>
        <translation>Über packdesk</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;New design</source>
        <translation>&amp;Neuer Entwurf</translation>
    </message>
    <message>
        <source>&amp;Open design …</source>
        <translation>Entwurf ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Save design &amp;as …</source>
        <translation>Entwurf speichern &amp;unter …</translation>
    </message>
    <message>
        <source>&amp;Import picture …</source>
        <translation>Bild &amp;importieren …</translation>
    </message>
    <message>
        <source>Save &amp;pictures …</source>
        <translation>Bilder s&amp;peichern …</translation>
    </message>
    <message>
        <source>&amp;Export …</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;Settings …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Copy panel&apos;s picture</source>
        <translation>Motiv &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste onto panel</source>
        <translation>Auf Seite &amp;einfügen</translation>
    </message>
    <message>
        <source>Copy &amp;view</source>
        <translation>&amp;Ansicht kopieren</translation>
    </message>
    <message>
        <source>Generate &amp;all</source>
        <translation>&amp;Alle erzeugen</translation>
    </message>
    <message>
        <source>&amp;Generate panel</source>
        <translation>&amp;Seite erzeugen</translation>
    </message>
    <message>
        <source>&amp;Cancel generating</source>
        <translation>Erzeugen a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Save panel&apos;s picture …</source>
        <translation>Motiv s&amp;peichern …</translation>
    </message>
    <message>
        <source>&amp;Turn a quarter</source>
        <translation>Um 90° &amp;drehen</translation>
    </message>
    <message>
        <source>Show &amp;whole picture</source>
        <translation>&amp;Ganzes Bild zeigen</translation>
    </message>
    <message>
        <source>&amp;Fill the panel</source>
        <translation>Seite &amp;füllen</translation>
    </message>
    <message>
        <source>C&amp;lear panel</source>
        <translation>Seite &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Three-quarter</source>
        <translation>&amp;Dreiviertel</translation>
    </message>
    <message>
        <source>&amp;Front</source>
        <translation>&amp;Vorne</translation>
    </message>
    <message>
        <source>&amp;Right</source>
        <translation>&amp;Rechts</translation>
    </message>
    <message>
        <source>T&amp;op</source>
        <translation>&amp;Oben</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Hinten</translation>
    </message>
    <message>
        <source>&amp;Left</source>
        <translation>&amp;Links</translation>
    </message>
    <message>
        <source>Botto&amp;m</source>
        <translation>&amp;Unten</translation>
    </message>
    <message>
        <source>&amp;Perspective</source>
        <translation>&amp;Perspektive</translation>
    </message>
    <message>
        <source>T&amp;urntable</source>
        <translation>Dreh&amp;teller</translation>
    </message>
    <message>
        <source>Fold or u&amp;nfold</source>
        <translation>Auf- oder zusa&amp;mmenfalten</translation>
    </message>
    <message>
        <source>Flat &amp;view</source>
        <translation>&amp;Abwicklung</translation>
    </message>
    <message>
        <source>Flat view besid&amp;e</source>
        <translation>Abwicklung da&amp;neben</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>Dunkles &amp;Farbschema</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;About packdesk</source>
        <translation>&amp;Über packdesk</translation>
    </message>
</context>
<context>
    <name>cost</name>
    <message>
        <source>Artwork by Gemini</source>
        <translation>Motive von Gemini</translation>
    </message>
    <message>
        <source>Ask {0} for one picture?</source>
        <translation>Ein Bild bei {0} anfordern?</translation>
    </message>
    <message>
        <source>Ask {0} for {1} pictures?</source>
        <translation>{1} Bilder bei {0} anfordern?</translation>
    </message>
    <message>
        <source>You are asked once in each session.</source>
        <translation>Diese Frage kommt einmal je Sitzung.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Google bills your key for it: cost class low (up to about 25 US cents together).</source>
        <translation>Google rechnet über den Schlüssel ab: Kostenklasse niedrig (zusammen bis etwa 25 US-Cent).</translation>
    </message>
    <message>
        <source>Google bills your key for it: cost class medium (up to about a US dollar together).</source>
        <translation>Google rechnet über den Schlüssel ab: Kostenklasse mittel (zusammen bis etwa 1 US-Dollar).</translation>
    </message>
    <message>
        <source>Google bills your key for it: cost class high (more than a US dollar together).</source>
        <translation>Google rechnet über den Schlüssel ab: Kostenklasse hoch (zusammen mehr als 1 US-Dollar).</translation>
    </message>
</context>
<context>
    <name>dropping</name>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp)</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG-Bild</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>For the printer, 1:1, spot inks</source>
        <translation>Für die Druckerei, 1:1, Sonderfarben</translation>
    </message>
    <message>
        <source>For drawing programs, in layers</source>
        <translation>Für Zeichenprogramme, in Ebenen</translation>
    </message>
    <message>
        <source>For cutters and CAD, lines only</source>
        <translation>Für Plotter und CAD, nur Linien</translation>
    </message>
    <message>
        <source>The flat blank as one picture</source>
        <translation>Der flache Zuschnitt als Bild</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Each panel&apos;s picture, in a ZIP</source>
        <translation>Das Bild jeder Seite, als ZIP</translation>
    </message>
    <message>
        <source>3D model in one file</source>
        <translation>3D-Modell in einer Datei</translation>
    </message>
    <message>
        <source>3D model with its pictures</source>
        <translation>3D-Modell mit seinen Bildern</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bündel</translation>
    </message>
    <message>
        <source>The design, to keep or to send</source>
        <translation>Der Entwurf, zum Sichern und Senden</translation>
    </message>
</context>
<context>
    <name>flat</name>
    <message>
        <source>Put on {0}</source>
        <translation>Ablegen auf: {0}</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>package type</source>
        <translation>Verpackungsart</translation>
    </message>
    <message>
        <source>imported picture</source>
        <translation>importiertes Bild</translation>
    </message>
    <message>
        <source>placement</source>
        <translation>Bildlage</translation>
    </message>
    <message>
        <source>cleared panel</source>
        <translation>geleerte Seite</translation>
    </message>
    <message>
        <source>generated artwork</source>
        <translation>erzeugte Motive</translation>
    </message>
    <message>
        <source>new design</source>
        <translation>neuer Entwurf</translation>
    </message>
    <message>
        <source>opened design</source>
        <translation>geöffneter Entwurf</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Artwork</source>
        <translation>&amp;Gestaltung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>open</name>
    <message>
        <source>Open a design</source>
        <translation>Entwurf öffnen</translation>
    </message>
    <message>
        <source>Open “{0}” in place of the current design?</source>
        <translation>„{0}“ an Stelle des jetzigen Entwurfs öffnen?</translation>
    </message>
    <message>
        <source>The artwork of the current design is replaced. Undo brings it back.</source>
        <translation>Die Gestaltung des jetzigen Entwurfs wird ersetzt. „Rückgängig“ holt sie zurück.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>panels</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Generating …</source>
        <translation>Wird erzeugt …</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>Fehlt hier</translation>
    </message>
    <message>
        <source>No artwork</source>
        <translation>Ohne Motiv</translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>{0} errors</source>
        <translation>{0} Fehler</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>{0} warnings</source>
        <translation>{0} Warnungen</translation>
    </message>
    <message>
        <source>No problems found</source>
        <translation>Keine Probleme gefunden</translation>
    </message>
    <message>
        <source>The sliders set the manufacturing size, crease to crease: {0}.</source>
        <translation>Die Regler stellen das Rillmaß ein, von Rille zu Rille: {0}.</translation>
    </message>
    <message>
        <source>Inside {0}, outside {1}.</source>
        <translation>Innen {0}, außen {1}.</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Tea box</source>
        <translation>Teeschachtel</translation>
    </message>
    <message>
        <source>Cereal box</source>
        <translation>Müslischachtel</translation>
    </message>
    <message>
        <source>Chocolate bar</source>
        <translation>Schokoladentafel</translation>
    </message>
    <message>
        <source>Wine bottle box</source>
        <translation>Weinkarton</translation>
    </message>
    <message>
        <source>Soap carton</source>
        <translation>Seifenschachtel</translation>
    </message>
    <message>
        <source>Cosmetics carton</source>
        <translation>Kosmetikschachtel</translation>
    </message>
    <message>
        <source>Perfume carton</source>
        <translation>Parfümschachtel</translation>
    </message>
    <message>
        <source>Shoe box</source>
        <translation>Schuhkarton</translation>
    </message>
    <message>
        <source>Mailer box</source>
        <translation>Versandkarton</translation>
    </message>
    <message>
        <source>Tea tin</source>
        <translation>Teedose</translation>
    </message>
    <message>
        <source>Coffee tin</source>
        <translation>Kaffeedose</translation>
    </message>
    <message>
        <source>Drinks can 330 ml</source>
        <translation>Getränkedose 330 ml</translation>
    </message>
    <message>
        <source>Candle jar</source>
        <translation>Kerzenglas</translation>
    </message>
    <message>
        <source>Cosmetic jar</source>
        <translation>Cremetiegel</translation>
    </message>
    <message>
        <source>Mailing tube</source>
        <translation>Versandrohr</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <source>{0} in²</source>
        <translation>{0} in²</translation>
    </message>
    <message>
        <source>{0} cm²</source>
        <translation>{0} cm²</translation>
    </message>
    <message>
        <source>{0} fl oz</source>
        <translation>{0} fl oz</translation>
    </message>
    <message>
        <source>{0} ml</source>
        <translation>{0} ml</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Rückseite</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Deckel</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Boden</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Mantel</translation>
    </message>
    <message>
        <source>{0} dpi</source>
        <translation>{0} dpi</translation>
    </message>
    <message>
        <source>Low: {0}</source>
        <translation>Niedrig: {0}</translation>
    </message>
</context>
</TS>
