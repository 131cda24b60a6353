// SPDX-License-Identifier: MIT

//! petgraph's Graph and toposort, to be called from the benchmarks. Edges go from supplier to consumer.

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};

/// The same three words as the library's link_spec.
#[repr(C)]
pub struct Link {
    consumer: u32,
    supplier: u32,
    flags: u32,
}

/// Writes the order of `device_count` devices; false if there is a cycle.
///
/// # Safety
/// `links` points to `link_count` links between devices below `device_count`, `order` to room for `device_count`
/// numbers.
#[no_mangle]
pub unsafe extern "C" fn bench_petgraph_order(
    device_count: usize,
    links: *const Link,
    link_count: usize,
    order: *mut u32,
) -> bool {
    let links = std::slice::from_raw_parts(links, link_count);
    let mut graph = DiGraph::<(), (), u32>::with_capacity(device_count, link_count);
    for _ in 0..device_count {
        graph.add_node(());
    }
    for link in links {
        graph.add_edge(
            NodeIndex::new(link.supplier as usize),
            NodeIndex::new(link.consumer as usize),
            (),
        );
    }
    match toposort(&graph, None) {
        Ok(sorted) => {
            let order = std::slice::from_raw_parts_mut(order, device_count);
            for (place, device) in order.iter_mut().zip(sorted) {
                *place = device.index() as u32;
            }
            true
        }
        Err(_) => false,
    }
}
