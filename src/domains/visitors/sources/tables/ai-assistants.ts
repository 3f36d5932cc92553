// AI assistants whose answers link to pages.
import type { Room } from './network.ts';

export const AI_ASSISTANTS: Room = {
  id: 'ai',
  kind: 'an AI assistant',
  medium: 'ai',
  paidMedium: 'cpc',
  // biome-ignore format: one network a line reads as a table
  networks: [
    { name: 'ChatGPT', hosts: ['chatgpt.com', 'chat.openai.com', 'openai.com'], words: ['chatgpt', 'openai'], apps: ['com.openai.chatgpt'] },
    { name: 'Perplexity', hosts: ['perplexity.ai', 'pplx.ai'], words: ['perplexity'], apps: ['ai.perplexity.app.android'] },
    { name: 'Gemini', hosts: ['gemini.google.com', 'bard.google.com'], words: ['gemini'], aliases: ['bard', 'google gemini'], apps: ['com.google.android.apps.bard'] },
    { name: 'NotebookLM', hosts: ['notebooklm.google.com', 'notebooklm.google'], words: ['notebooklm'] },
    { name: 'Copilot', hosts: ['copilot.microsoft.com', 'copilot.com', 'copilot.cloud.microsoft', 'm365.cloud.microsoft', 'edgeservices.bing.com', 'bing.com/chat'], words: ['copilot'], aliases: ['bing chat', 'microsoft copilot'], apps: ['com.microsoft.copilot'] },
    { name: 'Claude', hosts: ['claude.ai', 'claude.com'], words: ['claude'], aliases: ['anthropic'], apps: ['com.anthropic.claude'] },
    { name: 'Meta AI', hosts: ['meta.ai'], aliases: ['meta ai', 'metaai'] },
    { name: 'Grok', hosts: ['grok.com'], words: ['grok'] },
    { name: 'DeepSeek', hosts: ['deepseek.com', 'chat.deepseek.com'], words: ['deepseek'] },
    { name: 'Mistral', hosts: ['chat.mistral.ai', 'mistral.ai'], words: ['mistral'], aliases: ['le chat'] },
    { name: 'Poe', hosts: ['poe.com'], aliases: ['poe'] },
    { name: 'Phind', hosts: ['phind.com'], words: ['phind'] },
    { name: 'Pi', hosts: ['pi.ai', 'heypi.com'], aliases: ['pi', 'pi ai'] },
    { name: 'Duck.ai', hosts: ['duck.ai'], aliases: ['duck ai'] },
    { name: 'Qwen', hosts: ['chat.qwen.ai', 'qwen.ai', 'tongyi.aliyun.com'], words: ['qwen'] },
    { name: 'Kimi', hosts: ['kimi.com', 'kimi.moonshot.cn'], aliases: ['kimi'] },
    { name: 'Doubao', hosts: ['doubao.com'], words: ['doubao'] },
    { name: 'Character.AI', hosts: ['character.ai'], aliases: ['character ai'] },
    { name: 'HuggingChat', hosts: ['huggingface.co/chat', 'hf.co/chat'], words: ['huggingchat'] },
    { name: 'iAsk', hosts: ['iask.ai'], words: ['iask'] },
    { name: 'Komo', hosts: ['komo.ai'], aliases: ['komo'] },
    { name: 'Genspark', hosts: ['genspark.ai'], words: ['genspark'] },
    { name: 'Exa', hosts: ['exa.ai'], aliases: ['exa'] },
    { name: 'Manus', hosts: ['manus.im'], aliases: ['manus'] },
  ],
};
