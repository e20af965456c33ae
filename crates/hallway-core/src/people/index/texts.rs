//! Everybody's search text in one piece of memory, so that one pass finds a word in all of them.
use memchr::{memchr, memmem::Finder};

/// Never part of a text, so that nothing is found across two of them, nor where one was taken out.
const GAP: u8 = 0xFF;

/// Taken-out texts leave gaps; when there are more bytes of them than this and than a quarter, the rest moves together.
const GAPS_KEPT: usize = 1 << 16;

#[derive(Default)]
pub struct Texts {
    bytes: Vec<u8>,
    /// Where each text begins, whose it is: in the order of `bytes`, those taken out since included.
    pieces: Vec<(usize, u32)>,
    /// By slot.
    spans: Vec<Span>,
    gaps: usize,
}

#[derive(Clone, Copy, Default)]
struct Span {
    from: usize,
    name_to: usize,
    to: usize,
}

impl Texts {
    /// Gives a slot, which has none, its folded text. The name is its first line.
    pub fn put(&mut self, slot: u32, text: &[u8]) {
        let from = self.bytes.len();
        self.bytes.extend_from_slice(text);
        let to = self.bytes.len();
        self.bytes.push(GAP);
        self.pieces.push((from, slot));
        let name_to = memchr(b'\n', text).map_or(to, |n| from + n);
        if self.spans.len() <= slot as usize {
            self.spans.resize(slot as usize + 1, Span::default());
        }
        self.spans[slot as usize] = Span { from, name_to, to };
    }

    pub fn take_out(&mut self, slot: u32) {
        let span = std::mem::take(&mut self.spans[slot as usize]);
        self.bytes[span.from..span.to].fill(GAP);
        self.gaps += span.to - span.from;
    }

    pub fn has_many_gaps(&self) -> bool {
        self.gaps > GAPS_KEPT && self.gaps > self.bytes.len() / 4
    }

    /// Only these texts, one after the other, each from one slot to another.
    pub fn moved(&self, slots: impl Iterator<Item = (u32, u32)>) -> Texts {
        let mut moved = Texts { bytes: Vec::with_capacity(self.bytes.len()), ..Texts::default() };
        for (old, new) in slots {
            moved.put(new, self.of(old));
        }
        moved
    }

    /// Bytes held, gaps included.
    #[cfg(test)]
    pub fn room(&self) -> usize {
        self.bytes.len()
    }

    pub fn of(&self, slot: u32) -> &[u8] {
        let span = self.spans[slot as usize];
        &self.bytes[span.from..span.to]
    }

    pub fn name(&self, slot: u32) -> &[u8] {
        let span = self.spans[slot as usize];
        &self.bytes[span.from..span.name_to]
    }

    /// By slot, whether its text contains every word.
    pub fn containing(&self, words: &[&str]) -> Vec<bool> {
        // The longest is likely to be the rarest.
        let Some(first) = words.iter().max_by_key(|word| word.len()) else { return vec![true; self.spans.len()] };
        let others: Vec<Finder> = words.iter().filter(|word| word != &first).map(Finder::new).collect();
        let finder = Finder::new(first);
        let mut found = vec![false; self.spans.len()];
        let (mut from, mut piece) = (0, 0);
        while let Some(at) = finder.find(&self.bytes[from..]) {
            let at = from + at;
            while self.pieces.get(piece + 1).is_some_and(|next| next.0 <= at) {
                piece += 1;
            }
            let slot = self.pieces[piece].1;
            found[slot as usize] = others.iter().all(|other| other.find(self.of(slot)).is_some());
            // Once is enough.
            from = self.pieces.get(piece + 1).map_or(self.bytes.len(), |next| next.0);
        }
        found
    }
}
